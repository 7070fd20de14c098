using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>Refusals of acts in whole sentences that a page can say in its own language.</summary>
internal static class ActSentences
{
    public static Said NotInSample => Said.Of($"the closing is not in the sample: it was not drawn, and not undone");

    public static Said OwnClosing => Said.Of($"who closed an alert does not look at the closing himself");

    public static Said NoRole => Said.Of($"the registers give the actor no role that may do this");

    public static Said NotInForce => Said.Of($"the register says that the actor is no officer any more, or not yet");

    public static Said NoCertificate => Said.Of($"no certificate (执法证) of the actor counts today");

    public static Said OnLeave => Said.Of($"the actor is on leave");

    public static Said NoClosing(ulong entry) => Said.Of($"entry {entry} is no closing of this alert");

    public static Said SampledAlready(ulong entry) => Said.Of($"entry {entry} says what the supervisor found already");

    public static Said Moved(ulong seen, ulong now) => Said.Of($"version {seen} was seen, it is at version {now} now");

    public static Said CaseMoved(ulong seen, ulong now, ActMade last) => Said.Of(
        $"version {seen} was seen, the case is at version {now} now: the last act is {last.Kind} by {last.OfficerId}, entry {last.EntryIndex}");

    public static Said InspectionMoved(ulong seen, ulong now, InspectionActMade last) => Said.Of(
        $"version {seen} was seen, the inspection is at version {now} now: the last act is {last.Kind} by {last.OfficerId}, entry {last.EntryIndex}");

    public static RefusalDetail Refuse(RefusalCode code, Said said) => new(code, said.ToString()) { Said = said };
}
