using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>What differs between river, environment, traffic, urban management and market supervision. "*": all others.</summary>
internal sealed record DomainProfile
{
    public required string Domain { get; init; }

    public required string Zh { get; init; }

    public required string En { get; init; }

    /// <summary>集体讨论: of every ordinary case, or of complicated and major ones only (art. 57).</summary>
    public bool CollectiveForAll { get; init; }

    public int CollectiveQuorum { get; init; } = 3;

    /// <summary>法制审核 of every ordinary-procedure penalty (Chongqing), or only where art. 58 asks for it.</summary>
    public bool ReviewForAll { get; init; } = true;

    /// <summary>Simple procedure by one officer (道路交通安全违法行为处理程序规定 art. 43, 44).</summary>
    public bool OneOfficerSimple { get; init; }

    /// <summary>Limits of the simple procedure in fen (art. 51).</summary>
    public long SimpleCitizenFen { get; init; } = 20_000;

    public long SimpleOrganisationFen { get; init; } = 300_000;

    /// <summary>
    /// What electronic monitoring recorded may be fined on the spot up to this sum in fen after its review (A2 → X1; 道路交通安全违法行为处理程序规定
    /// art. 43, 52). 0: the simple procedure is for what was found on the spot only.
    /// </summary>
    public long SimpleFromReviewFen { get; init; }

    /// <summary>Hearing is offered from these sums on (f(domain, party kind, date): by validity of the profile's thresholds).</summary>
    public required IReadOnlyList<HearingThreshold> HearingThresholds { get; init; }

    /// <summary>Where recording is a duty (音像记录清单).</summary>
    public required IReadOnlyList<RecordingDuty> RecordingDuties { get; init; }

    /// <summary>六先一后: steps that come first, in their order; the last is the act itself. Empty: none.</summary>
    public required IReadOnlyList<NamedCode> StepsFirst { get; init; }

    /// <summary>Documents a file must hold before it is archived, for a case on the ordinary path (art. 47): those of its outcome.</summary>
    public required IReadOnlyList<DocumentKind> FileDocuments { get; init; }

    /// <summary>The same for a case that was decided on the spot (art. 52).</summary>
    public IReadOnlyList<DocumentKind> SimpleFileDocuments { get; init; } = [DocumentKind.SimpleDecision];

    /// <summary>Same object inspected within so many days: a warning. 0: none.</summary>
    public int InspectionWarningDays { get; init; }

    /// <summary>Where the profile's own values were read.</summary>
    public string Source { get; init; } = "unverified";

    public HearingThreshold? HearingOn(PartyKind party, DateOnly day) =>
        HearingThresholds.FirstOrDefault(threshold => threshold.Party == party && threshold.Holds(day));
}
