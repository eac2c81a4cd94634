#!/bin/bash
# Packs one school of a list in each task of a Slurm array:
#
#   sbatch --array=1-$(grep -cv -e '^[[:space:]]*#' -e '^[[:space:]]*$' LIST) slurm.sh LIST OUT [options of `handover pack`]
#   handover report OUT --schools LIST
#
# Identities lie in HANDOVER_CONFIG_DIR, which every node has to see. The passphrases of the bundles are in the output of
# each task: keep it as you keep the bundles.
#SBATCH --job-name=handover
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
#SBATCH --time=01:00:00
#SBATCH --requeue
set -eu
list=$1 out=$2
shift 2
# A task that was stopped half way goes on where it was when Slurm starts it again.
exec handover pack --schools "$list" --only "$SLURM_ARRAY_TASK_ID" --out "$out" --jobs 1 "$@"
