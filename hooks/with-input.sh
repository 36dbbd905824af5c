#!/bin/sh
# git-gate:@HOOK@ - put here by `git gate hooks install`, taken out again by `git gate hooks uninstall`.
# The hook that was here before runs first, with the same arguments and input; when it fails, that is the result.
before="${0%/*}/@HOOK@.before-git-gate"
input=$(cat; echo .)
if [ -x "$before" ]; then
  printf %s "${input%.}" | "$before" "$@" || exit
fi
python=@PYTHON@
if [ -x "$python" ]; then
  set -- "$python" -P -m gate hook @HOOK@ "$@"
elif command -v git-gate >/dev/null; then
  set -- git-gate hook @HOOK@ "$@"
elif [ "$GATE_SKIP" = 1 ]; then
  exit 0
else
  echo "git-gate: cannot be found, so nothing was judged; reinstall it, or skip this once: GATE_SKIP=1" >&2
  exit 1
fi
printf %s "${input%.}" | "$@"
