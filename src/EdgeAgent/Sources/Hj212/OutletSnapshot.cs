namespace EdgeEnforcement.EdgeAgent.Sources.Hj212;

/// An HJ 212 station as it is shown.
/// <param name="Remote">Where it is connected from; empty: it is not.</param>
/// <param name="HeardAt">When its last message came, over restarts as far as the spool tells; null: never.</param>
/// <param name="Newest">By kind ("real-time", "minute", "hour", "day") the beginning of the newest period that is stored.</param>
/// <param name="Quality">Flags of the newest message: "N", or what is not: "w01018=M"; empty: it had none.</param>
/// <param name="Recall">What it is asked for at the moment; empty: nothing.</param>
/// <param name="ClockOffsetSeconds">Its clock minus ours; null: not measured since the start.</param>
/// <param name="IsListed">It is configured; others are strangers.</param>
internal sealed record OutletSnapshot(
    string Mn, string Name, string Remote, DateTimeOffset? HeardAt, IReadOnlyDictionary<string, DateTimeOffset> Newest, string Quality, string Recall,
    double? ClockOffsetSeconds, bool IsListed);
