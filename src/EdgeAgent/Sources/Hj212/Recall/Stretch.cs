namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Recall;

/// A stretch of time: from Begin on, up to End and without it.
internal readonly record struct Stretch(DateTimeOffset Begin, DateTimeOffset End);
