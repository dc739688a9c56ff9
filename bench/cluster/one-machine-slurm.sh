#!/usr/bin/env bash
# Runs a sweep as a job array of a real Slurm that has this machine alone, merges its parts and prints the table:
# what docs/cluster.md says, tried. It starts munged, slurmctld and slurmd for itself, in a temporary folder and on
# ports of its own, and ends them. As root, with Debian's slurm-wlm and munge; after `npm run build`.
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for program in munged slurmctld slurmd sbatch squeue scontrol; do
  command -v "$program" >/dev/null || { echo "$program is missing: apt-get install slurm-wlm munge" >&2; exit 1; }
done
[ "$(id -u)" = 0 ] || { echo 'slurmd starts jobs as their users, and so needs root' >&2; exit 1; }

folder=$(mktemp -d /tmp/gilscope-slurm-XXXXXX)
started=()
finish() {
  for ((at = ${#started[@]} - 1; at >= 0; at -= 1)); do kill "${started[at]}" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT

# Munge takes its key and socket from no folder that others may write to.
chmod 755 "$folder"
mkdir -m 755 "$folder/munge" "$folder/state" "$folder/spool" "$folder/jobs"
dd if=/dev/urandom of="$folder/munge/key" bs=1024 count=1 status=none
chmod 400 "$folder/munge/key"
munged --foreground --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" \
  --pid-file="$folder/munge/pid" --log-file="$folder/munge/log" --seed-file="$folder/munge/seed" >"$folder/munge/out" 2>&1 &
started+=($!)

host=$(hostname -s)
cores=$(nproc)
cat >"$folder/slurm.conf" <<CONF
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
AuthInfo=socket=$folder/munge/socket
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SchedulerType=sched/backfill
SelectType=select/cons_tres
MpiDefault=none
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cores State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP OverSubscribe=EXCLUSIVE
CONF
export SLURM_CONF="$folder/slurm.conf"
until [ -S "$folder/munge/socket" ]; do sleep 0.1; done
slurmctld -D -f "$SLURM_CONF" >"$folder/slurmctld.log" 2>&1 &
started+=($!)
slurmd -D -f "$SLURM_CONF" >"$folder/slurmd.log" 2>&1 &
started+=($!)
for ((tries = 0; tries < 100; tries += 1)); do
  case $(sinfo --noheader --format=%T 2>/dev/null) in idle | mixed) break ;; esac
  sleep 0.2
done

cat >"$folder/sweep.sh" <<JOB
#!/bin/bash
#SBATCH --array=1-3
#SBATCH --exclusive
#SBATCH --output=$folder/jobs/%a.log
"$(command -v node)" "$project/out/main/cli.js" sweep --workload sleep --sleep 5 --matrices 16 --threads 1,2,4 --lock none,gil-held \
  --repeats 6 --shard auto --save "$folder/jobs/part-\$SLURM_ARRAY_TASK_ID.gilscope"
JOB
cd "$folder/jobs"
sbatch --wait "$folder/sweep.sh" || { cat "$folder"/jobs/*.log "$folder"/slurm*.log >&2; exit 1; }
ls "$folder"/jobs
node "$project/out/main/cli.js" merge part-*.gilscope --save sweep.gilscope
node "$project/out/main/cli.js" show sweep.gilscope
