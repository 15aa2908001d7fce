# Gatehouse as a container image: serve (default), gateway, migrate and every other command by argument.
#
#   docker build -t gatehouse .
#
# Build arguments select the base images. BUILD_BASE needs a JDK 25 (with jlink), bash and curl; with strip the
# image is 5 MB smaller. BASE needs glibc and bash, but no Java. docs/adr/0023 explains the layout.
ARG BUILD_BASE=eclipse-temurin:25-jdk-noble
ARG BASE=debian:12-slim

FROM ${BUILD_BASE} AS build
# Further options for Maven, such as --offline or a mirror's -s settings.xml.
ARG MAVEN_OPTIONS=
RUN useradd --create-home builder
WORKDIR /source
COPY . .
RUN deploy/docker/assemble.sh "${MAVEN_OPTIONS}"

FROM ${BASE}
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="Gatehouse" \
  org.opencontainers.image.description="A self-hosted backend for user accounts" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.created="${CREATED}"

# Layers in the order of how rarely they change. The class archive is in the layer of the jars from which it was
# made.
COPY --from=build /image/runtime /
COPY --from=build /image/dependencies /
COPY --from=build /image/application /

ENV JAVA_HOME=/opt/java \
  GATEHOUSE_HTTP_HOST=0.0.0.0 \
  GATEHOUSE_DATA_DIR=/var/lib/gatehouse \
  LC_ALL=C.UTF-8 \
  MALLOC_ARENA_MAX=2
# Numeric, so that Kubernetes can verify that it is not root.
USER 65532:65532
WORKDIR /opt/gatehouse
# 8000: gateway; 9090: management port of both.
EXPOSE 8080 8000 9090
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=120s --retries=3 \
  CMD ["/opt/gatehouse/bin/healthcheck"]
ENTRYPOINT ["/opt/gatehouse/gatehouse"]
CMD ["serve"]
