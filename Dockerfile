# The web server and the worker: `samoe web`, `samoe worker`, and every other command. Data lies elsewhere.
FROM python:3.12.12-slim-bookworm AS build
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /build
COPY pyproject.toml uv.lock README.md ./
COPY platform platform
COPY modules modules
COPY templates templates
COPY tenants tenants
# What the lock file names and nothing else: no embedded database, no test tools.
RUN UV_PROJECT_ENVIRONMENT=/opt/samoe uv sync --frozen --no-default-groups --no-editable

FROM python:3.12.12-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/samoe samoe
COPY --from=build /opt/samoe /opt/samoe
ENV PATH=/opt/samoe/bin:$PATH SAMOE_HOME=/var/lib/samoe SAMOE_HOST=0.0.0.0 PYTHONSAFEPATH=1 PYTHONUNBUFFERED=1
USER samoe
WORKDIR /var/lib/samoe
EXPOSE 8000
CMD ["samoe", "web"]
