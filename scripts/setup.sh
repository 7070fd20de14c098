# Sourced by ./start and ./test: what both need of a machine.
CONFIGURATION=${CONFIGURATION:-Release}
CONFIGURATION_FOLDER=$(echo "$CONFIGURATION" | tr '[:upper:]' '[:lower:]')
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }

fail() {
  echo "$*" >&2
  exit 1
}

need_dotnet() {
  command -v dotnet >/dev/null 2>&1 ||
    fail "The .NET 10 SDK is missing (no 'dotnet' on PATH). Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
  dotnet --version >/dev/null 2>&1 ||
    fail "A .NET SDK is here, but not one that global.json accepts (10.0.4xx): $(dotnet --list-sdks | tr '\n' ' ')"
}

# Debian packages by name; installs what is missing where we may, names it where we may not.
need_debian() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local sudo=
  [ "$(id -u)" -eq 0 ] || sudo='sudo -n'
  command -v apt-get >/dev/null 2>&1 || fail "missing: ${missing[*]} (no apt-get here; install them with this system's own tools)"
  say "installing ${missing[*]}"
  $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    fail "could not install: ${missing[*]}"
}

# need_npm FOLDER PACKAGE VERSION: into artifacts/FOLDER, where it stays until another version is asked for.
need_npm() {
  local folder=artifacts/$1 package=$2 version=$3
  # Other sources' nodejs brings npm along, and Debian's npm cannot be installed beside it.
  command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || need_debian nodejs npm
  grep -qs "\"version\": \"$version\"" "$folder/node_modules/$package/package.json" && return 0
  say "installing $package $version"
  mkdir -p "$folder"
  npm install --prefix "$folder" --no-audit --no-fund --no-save --loglevel=error "$package@$version" >/dev/null ||
    fail "could not install $package@$version from npm"
}

# build PROJECT [OPTION...]: says nothing when it builds, and all the compiler said when it does not.
build() {
  local said
  said=$(dotnet build "$@" -c "$CONFIGURATION" -v quiet --nologo -tl:off -clp:ErrorsOnly 2>&1) && return 0
  echo "$said" >&2
  fail "$1 did not build"
}
