#!/bin/sh
# Asks veraPDF whether files are PDF/A-2b. Usage: verapdf.sh FILE…
# Exit: 0 all are, 1 one is not, 77 veraPDF cannot be had here (no java, or no jar and no maven).
# VERAPDF_JAR names the runnable jar; otherwise it is taken from the local Maven repository, and fetched when missing.
set -eu
version=1.30.2
jar=${VERAPDF_JAR:-$HOME/.m2/repository/org/verapdf/apps/cli/$version/cli-$version.jar}
command -v java > /dev/null || { echo "verapdf: no java" >&2; exit 77; }
if [ ! -f "$jar" ]; then
  command -v mvn > /dev/null || { echo "verapdf: no jar and no maven" >&2; exit 77; }
  timeout 180 mvn -q org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get \
    "-Dartifact=org.verapdf.apps:cli:$version" > /dev/null 2>&1 || { echo "verapdf: cannot be fetched" >&2; exit 77; }
fi
[ -f "$jar" ] || { echo "verapdf: no jar at $jar" >&2; exit 77; }
result=$(java -jar "$jar" -f 2b --format text -v "$@" 2>&1) || true
echo "$result"
passed=$(echo "$result" | grep -c '^PASS ' || true)
[ "$passed" -eq "$#" ]
