using EdgeEnforcement.IngestService.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeEnforcement.IngestService.Tests.Hosting;

public sealed class StartupSequenceTests
{
    private readonly List<string> _events = [];

    private StartupSequence Sequence(params IStartupStep[] steps) => new(steps, NullLogger<StartupSequence>.Instance);

    private Step At(StartupStage stage, bool fails = false) => new(stage, fails, _events);

    [Fact]
    public async Task Steps_start_by_stage_and_stop_backwards()
    {
        var sequence = Sequence(At(StartupStage.Door), At(StartupStage.Storage), At(StartupStage.Ledger));
        await sequence.StartAsync(TestContext.Current.CancellationToken);
        await sequence.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["+Storage", "+Ledger", "+Door", "-Door", "-Ledger", "-Storage"], _events);
    }

    [Fact]
    public async Task A_step_that_fails_closes_what_was_opened_and_nothing_after_it_starts()
    {
        var sequence = Sequence(At(StartupStage.Storage), At(StartupStage.Ledger, fails: true), At(StartupStage.Door));
        await Assert.ThrowsAsync<InvalidOperationException>(() => sequence.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["+Storage", "+Ledger", "-Ledger", "-Storage"], _events);
    }

    private sealed class Step(StartupStage stage, bool fails, List<string> events) : IStartupStep
    {
        public StartupStage Stage => stage;

        public Task StartAsync(CancellationToken cancellation)
        {
            events.Add($"+{stage}");
            return fails ? throw new InvalidOperationException("no") : Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellation)
        {
            events.Add($"-{stage}");
            return Task.CompletedTask;
        }
    }
}
