using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>What every act must carry before anything is read: INCOMPLETE_ACT otherwise. Limits stand before memory is spent.</summary>
internal static class ActRules
{
    private const int MaxTextLength = 2_000;
    private const int MaxNameLength = 256;
    private const int MaxOfficers = 100;
    private const double MaxRadiusM = 100_000;

    public static RefusalDetail? Actor(Actor? actor) =>
        actor is null || actor.Id.Trim().Length == 0 || actor.Name.Trim().Length == 0 ? Lacks("its actor (id and name)")
        : Name(actor.Id) ?? Name(actor.Name) ?? Name(actor.Unit);

    public static RefusalDetail? Subject(string id) => id.Length == 0 ? Lacks("its subject") : Name(id);

    public static RefusalDetail? Reason(string reason) =>
        reason.Trim().Length == 0 ? Lacks("its reason") : Text(reason);

    public static RefusalDetail? Text(string text) => text.Length > MaxTextLength
        ? new RefusalDetail(RefusalCode.IncompleteAct, $"a text has {text.Length} characters, {MaxTextLength} are taken") : null;

    private static RefusalDetail? Name(string name) => name.Length > MaxNameLength
        ? new RefusalDetail(RefusalCode.IncompleteAct, $"a name has {name.Length} characters, {MaxNameLength} are taken") : null;

    public static RefusalDetail? CloseReason(CloseReason reason) =>
        reason == Contracts.V1.CloseReason.Unspecified || !Enum.IsDefined(reason) ? Lacks("its reason for closing") : null;

    /// <summary>Deadlines count from the day a lead was received: that day is there, and not ahead.</summary>
    public static RefusalDetail? Source(LeadSource? source, DateTimeOffset now)
    {
        if (source is null)
            return null;
        if ((Name(source.ExternalNumber) ?? Name(source.From)) is { } tooLong)
            return tooLong;
        if (source.Kind is LeadSourceKind.Complaint or LeadSourceKind.Transfer or LeadSourceKind.SuperiorOrder
            && (source.ExternalNumber.Trim().Length == 0 || source.ReceivedAt is null))
            return Lacks("the number its source gave it and when it was received");
        if (!IsInstant(source.ReceivedAt) || !IsInstant(source.DueAt))
            return new RefusalDetail(RefusalCode.IncompleteAct, "an instant of the lead is in no calendar");
        if (Instants.Of(source.ReceivedAt) > now)
            return new RefusalDetail(RefusalCode.IncompleteAct, "a lead is received before it is registered");
        if (source.FeedbackDue && source.DueAt is null)
            return Lacks("the instant until which the source is to be answered");
        return source.DueAt is { } due && source.ReceivedAt is { } received && due < received
            ? new RefusalDetail(RefusalCode.IncompleteAct, "the answer is due before the lead was received") : null;
    }

    public static RefusalDetail? OpenCase(OpenCaseRequest act, DateTimeOffset now)
    {
        if ((Actor(act.Actor) ?? Reason(act.Title) ?? Text(act.Place) ?? Source(act.Source, now)) is { } refusal)
            return refusal;
        if (act.Number.Length > CaseNumber.MaxLength)
            return new RefusalDetail(RefusalCode.IncompleteAct, $"a case number has at most {CaseNumber.MaxLength} characters");
        if (act.Officers.Count > MaxOfficers)
            return new RefusalDetail(RefusalCode.IncompleteAct, $"at most {MaxOfficers} officers");
        if (act.Officers.Select(Name).FirstOrDefault(tooLong => tooLong is not null) is { } officer)
            return officer;
        bool whole = act.WindowStart is not null && act.WindowEnd is not null;
        bool none = act.WindowStart is null && act.WindowEnd is null;
        if (!none && !(whole && act.WindowStart <= act.WindowEnd))
            return new RefusalDetail(RefusalCode.IncompleteAct, "the time window needs a start and an end that is not before it");
        if (!(act.RadiusM >= 0 && act.RadiusM <= MaxRadiusM))
            return new RefusalDetail(RefusalCode.IncompleteAct, $"the radius is between 0 and {MaxRadiusM} m");
        return null;
    }

    private static bool IsInstant(Timestamp? at) =>
        Micros.Of(at) is not { } micros || (Micros.ToTimestamp(micros).Seconds == at!.Seconds && at.Nanos is >= 0 and < 1_000_000_000); // Micros.Of: null where there is none

    private static RefusalDetail Lacks(string what) => new(RefusalCode.IncompleteAct, "the act lacks " + what);
}
