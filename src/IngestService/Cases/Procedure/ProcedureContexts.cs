using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Cases.Numbers;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Procedure.Numbers;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Projections.Media;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Cases.Procedure;

/// <summary>Gathers what a decision reads. The instant is never before the newest register version, however a clock was set.</summary>
internal sealed class ProcedureContexts(IProcedureQueries procedure, IRegisterQueries registers, IMediaQueries media, NumberOffers offers, TimeProvider time)
{
    /// <summary>Null: no rules are in force.</summary>
    public ProcedureContext? For(ProcedureCase subject, ProcedureAct act)
    {
        if (procedure.CurrentRules is not { } current)
            return null;
        RegisterBook book = registers.Book;
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset newest = DateTimeOffset.UnixEpoch.AddTicks(book.LatestMicros * TimeSpan.TicksPerMicrosecond);
        ProcedureContext context = new(now > newest ? now : newest, book, current.Entry, current.Rules, Party(subject, act), Manifests(act))
        {
            LinkedState = act.LinkedCase is { CaseId.Length: > 0 } linked ? procedure.Find(linked.CaseId)?.State : null,
        };
        return WithNumbers(subject, act, context);
    }

    private ProcedureContext WithNumbers(ProcedureCase subject, ProcedureAct act, ProcedureContext context)
    {
        if (act is { Kind: ProcedureActKind.DecideSimple, SimpleDecision.LeasedNumber: { Length: > 0 } text })
        {
            AgencyNumbers? agency = NumberGiving.Agency(context.Rules, context.Book, NumberGiving.UnitOf(subject), context.AsOf);
            (NumberOffer? leased, string? wrong) = offers.Leased(text, agency?.UnitId ?? "", DocumentKind.SimpleDecision);
            return context with { LeasedNumber = leased, LeasedNumberFault = wrong ?? "" };
        }

        string scanned = act.Kind == ProcedureActKind.BindScan
            ? subject.Documents.FirstOrDefault(made => made.DocumentId == act.Scan?.DocumentId)?.DocumentNumber ?? "" : "";
        return scanned.Length == 0 ? context : context with { ScannedNumberFault = offers.WhyNotSigned(scanned) ?? "" };
    }

    private List<PartyDecision> Party(ProcedureCase subject, ProcedureAct act)
    {
        string party = act.Filing?.ObjectId ?? act.Simple?.Finding?.ObjectId ?? subject.Pending?.Act.Filing?.ObjectId ?? subject.Filing?.ObjectId ?? "";
        if (party.Length == 0)
            return [];
        string[] same = [.. MergedObjects.Of(registers, party, new RegisterAsOf(Micros.Now(time)))];
        IEnumerable<PartyDecision> written = same.SelectMany(id => registers.OwnedBy(RegisterKind.Penalty, id))
            .Select(penalty => penalty.InForce(new RegisterAsOf(Micros.Now(time)))).OfType<RegisterVersion>()
            .Where(version => version.Change.Penalty.CaseId != subject.CaseId).Select(ToDecision).OfType<PartyDecision>();
        return [.. procedure.DecisionsAbout(same).Where(decision => decision.Reference != subject.CaseId), .. written];
    }

    private static PartyDecision? ToDecision(RegisterVersion version)
    {
        PenaltyRecord penalty = version.Change.Penalty;
        return CivilDay.TryParse(penalty.ActFromDay, out DateOnly from) && CivilDay.TryParse(penalty.ActThroughDay, out DateOnly through)
            ? new PartyDecision(penalty.CaseId, penalty.ItemId, from, through, penalty.Fined, version.Entry) : null;
    }

    private Dictionary<ulong, byte[]> Manifests(ProcedureAct act) => act.Scan is { ManifestIndex: > 0 } scan
        ? media.Rows([scan.ManifestIndex]).ToDictionary(row => row.Key, row => row.Value.Sha256.ToByteArray()) : [];
}
