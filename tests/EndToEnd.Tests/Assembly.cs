// Each of these starts whole programs; side by side they would measure each other's patience.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
