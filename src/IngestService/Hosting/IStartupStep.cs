namespace EdgeEnforcement.IngestService.Hosting;

/// <summary>
/// A part with a life. Steps start in the one order of <c>StartupSequence</c> (storage, ledger recovery, projections, clerk,
/// desk, door) and stop in the reverse order; the door opens last and closes first.
/// </summary>
internal interface IStartupStep
{
    /// <summary>Place in the sequence.</summary>
    StartupStage Stage { get; }

    Task StartAsync(CancellationToken cancellation);

    Task StopAsync(CancellationToken cancellation);
}

internal enum StartupStage
{
    Storage = 10,
    Ledger = 20,
    Checkpoints = 30,
    Projections = 40,
    Clerk = 50,
    Media = 60,
    Scrub = 65,
    Desk = 70,
    Door = 80,
}
