"""The supervisor: parent of all local jobs of one run, which outlives the engine as long as its jobs do."""
