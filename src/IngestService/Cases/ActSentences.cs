using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>Refusals of acts in whole sentences that a page can say in its own language.</summary>
internal static class ActSentences
{
    public static Said NotInSample => Said.Of($"the closing is not in the sample: it was not drawn, and not undone");

    public static Said OwnClosing => Said.Of($"who closed an alert does not look at the closing himself");

    public static Said NoRole => Said.Of($"the registers give the actor no role that may do this");

    public static Said NoClosing(ulong entry) => Said.Of($"entry {entry} is no closing of this alert");

    public static Said SampledAlready(ulong entry) => Said.Of($"entry {entry} says what the supervisor found already");

    public static RefusalDetail Refuse(RefusalCode code, Said said) => new(code, said.ToString()) { Said = said };
}
