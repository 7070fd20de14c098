using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>A deadline (期限) as data: what starts and stops it, how long, what its end does.</summary>
internal sealed record DeadlineRule
{
    /// <summary>"D-01".</summary>
    public required string Id { get; init; }

    public required string Zh { get; init; }

    public required string En { get; init; }

    /// <summary>In <see cref="Unit"/>; 0 with <see cref="DueFromAct"/>.</summary>
    public required int Period { get; init; }

    public required DeadlineUnit Unit { get; init; }

    /// <summary>
    /// A period in calendar days, months or years whose last day is no working day ends with the next working day. Not so where the law gives a
    /// limitation or a minimum. Working days and hours never roll.
    /// </summary>
    public bool Rolls { get; init; } = true;

    public CountsFrom CountsFrom { get; init; }

    public ClockCondition When { get; init; }

    /// <summary>Acts that start it, when they take effect (not when they are asked for).</summary>
    public required IReadOnlyList<ProcedureActKind> StartsWith { get; init; }

    public required IReadOnlyList<ProcedureActKind> StopsWith { get; init; }

    /// <summary>The due instant is named by the act itself (a correction period, a dispatch) or by the source of the lead, not counted.</summary>
    public bool DueFromAct { get; init; }

    /// <summary>It runs on when the lead or the case has ended, until it is met or the file is archived.</summary>
    public bool OutlastsEnd { get; init; }

    public required ClockEffect Effect { get; init; }

    /// <summary>With BLOCK: refused once it expired. With OPENS: refused until then.</summary>
    public required IReadOnlyList<ProcedureActKind> HeldActs { get; init; }

    /// <summary>States in which it stands still by itself (B4).</summary>
    public required IReadOnlyList<ProcedureState> PausesIn { get; init; }

    /// <summary>Reasons for which a person may pause it.</summary>
    public required IReadOnlyList<NamedCode> PauseReasons { get; init; }

    public required IReadOnlyList<DeadlineExtension> Extensions { get; init; }

    public required OfficerRole Owner { get; init; }

    /// <summary>Article ids.</summary>
    public required IReadOnlyList<string> Articles { get; init; }

    public required IReadOnlyList<string> Domains { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? Through { get; init; }

    public required string Source { get; init; }

    public bool Holds(DateOnly day) => (From is null || From <= day) && (Through is null || day <= Through);

    public bool IsFor(string domain) => Domains.Contains("*") || Domains.Contains(domain);
}
