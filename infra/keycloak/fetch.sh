#!/bin/sh
# Fetches what the sign-in tests run against, once: the real Keycloak (`make keycloak` finds it there, too) into the
# local Maven repository, and a certified provider for Node beside its tests. What cannot be had is not had: the tests
# then say that they were not run.
set -eu
cd "$(dirname "$0")/../.."

keycloak() {
    version=$(cat infra/keycloak/version)
    kept="$HOME/.m2/repository/org/keycloak/keycloak-quarkus-dist/$version/keycloak-quarkus-dist-$version.zip"
    [ -z "${KEYCLOAK_DIST:-}" ] || return 0
    [ ! -e "$kept" ] || return 0
    command -v java >/dev/null && command -v mvn >/dev/null || return 0
    echo "Fetching Keycloak $version from Maven Central ..."
    timeout 900 mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get \
        -Dartifact="org.keycloak:keycloak-quarkus-dist:$version:zip" -Dtransitive=false >/dev/null ||
        echo "Maven Central does not answer: no Keycloak." >&2
}

certified() {
    cd tests/keycloak/certified
    [ ! node_modules/.package-lock.json -nt package-lock.json ] || return 0
    command -v node >/dev/null && command -v npm >/dev/null || return 0
    echo "Fetching a certified provider from npm ..."
    timeout 300 npm ci --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null ||
        echo "npm does not answer: no certified provider." >&2
}

keycloak
certified
