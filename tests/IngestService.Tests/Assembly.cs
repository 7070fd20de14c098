// One class at a time: sweeps and explorers fill a core for a minute, and beside them a test that waits for real time waits for its turn.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
