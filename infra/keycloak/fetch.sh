#!/bin/sh
# Fetches the real Keycloak into the local Maven repository, once. Its tests, and `make keycloak`, find it there.
set -eu
cd "$(dirname "$0")/../.."

version=$(cat infra/keycloak/version)
kept="$HOME/.m2/repository/org/keycloak/keycloak-quarkus-dist/$version/keycloak-quarkus-dist-$version.zip"
[ -z "${KEYCLOAK_DIST:-}" ] || exit 0
[ ! -e "$kept" ] || exit 0
# Without them the tests of Keycloak say that they were not run.
command -v java >/dev/null && command -v mvn >/dev/null || exit 0
echo "Fetching Keycloak $version from Maven Central ..."
timeout 900 mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get \
    -Dartifact="org.keycloak:keycloak-quarkus-dist:$version:zip" -Dtransitive=false >/dev/null ||
    echo "Maven Central does not answer: no Keycloak." >&2
