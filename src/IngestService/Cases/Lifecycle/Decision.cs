using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases.Lifecycle;

/// <summary>Exactly one of a fact to append, preconditions included, and a refusal.</summary>
internal sealed record Decision(Record? Fact, RefusalDetail? Refusal)
{
    public static Decision Append(Record fact) => new(fact, null);

    public static Decision Refuse(RefusalDetail refusal) => new(null, refusal);

    public static Decision Refuse(RefusalCode code, string detail) => new(null, new RefusalDetail(code, detail));
}
