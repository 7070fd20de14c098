namespace EdgeEnforcement.Testing;

/// <summary>How a call fails and what becomes of the machine then.</summary>
/// <param name="Cut">What the power cut leaves; null: only the process dies, and the page cache still shows what was never flushed.</param>
/// <param name="CutAtNextStart">The next process only opens, and then the power goes: what it made public rests on what it saw.</param>
/// <param name="Looks">The fault may strike reads, too.</param>
public sealed record FaultWay(ShadowFault Fault, CrashMode? Cut, int Errno = ShadowErrno.Eio, bool CutAtNextStart = false, bool Looks = false)
{
    /// <summary>
    /// Failed and not persisted, failed but persisted, half persisted on a full disk; killed before and after. Killed means: by
    /// a power cut in each mode, or by a signal.
    /// </summary>
    public static IReadOnlyList<FaultWay> All { get; } =
    [
        new(ShadowFault.FailBeforeEffect, null),
        new(ShadowFault.FailBeforeEffect, CrashMode.Drop),
        new(ShadowFault.FailAfterEffect, null),
        new(ShadowFault.FailAfterEffect, CrashMode.Drop),
        new(ShadowFault.FailHalfway, null, ShadowErrno.Enospc),
        new(ShadowFault.FailHalfway, CrashMode.KeepAll, ShadowErrno.Enospc),
        new(ShadowFault.PowerOffBeforeEffect, null),
        new(ShadowFault.PowerOffBeforeEffect, CrashMode.Drop),
        new(ShadowFault.PowerOffAfterEffect, null),
        new(ShadowFault.PowerOffAfterEffect, null, CutAtNextStart: true),
        .. Enum.GetValues<CrashMode>().Select(m => new FaultWay(ShadowFault.PowerOffAfterEffect, m)),
    ];

    /// <summary>The disk cannot be read, or says so.</summary>
    public static FaultWay Look { get; } = new(ShadowFault.FailBeforeEffect, null, Looks: true);

    /// <summary>What a power cut leaves is a matter of chance in these modes; the others need one run.</summary>
    public bool IsRandom => Cut is CrashMode.Tear or CrashMode.Reorder or CrashMode.KeepSome;

    public override string ToString() => $"{Fault} errno {Errno}, {(Cut is { } mode ? $"power cut {mode}" : "process restart")}{(CutAtNextStart ? ", power cut at the next start" : "")}";
}
