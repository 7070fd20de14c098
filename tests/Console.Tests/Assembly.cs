using EdgeEnforcement.OperatorConsole.Tests.Hosting;

// One browser, and one page at a time: the tests wait for what a person would see, and share the machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Browser))]
