using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Tests.Registers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Kit;

/// <summary>One case driven act by act through the decider and the fold, as a ledger would: entry numbers rise, each fact has its leaf.</summary>
internal sealed class Walk
{
    private static readonly Dictionary<ulong, byte[]> Manifests = new() { [77] = [.. EndContents.Hash(77)] };

    private ulong _entry = 1_000;

    public Walk(string domain = "market", LeadSourceKind source = LeadSourceKind.Complaint, params EvidenceSource[] evidence)
    {
        Case = new ProcedureCase
        {
            CaseId = Crew.CaseId, State = ProcedureState.A1Lead, Domain = domain, Number = "1", Title = "案", HandlingUnitId = Crew.Team,
            OpenedAt = Now.ToTimestamp(), Source = new LeadSource { Kind = source },
        };
        foreach (EvidenceSource item in evidence.Length > 0 ? evidence : [Footage()])
            Attach(item);
    }

    public ProcedureCase Case { get; private set; }

    public DateTimeOffset Now { get; private set; } = RegisterWorld.Stamp("2026-03-02 09:00").ToDateTimeOffset();

    public ProcedureRules Rules { get; set; } = KitRules.Shipped;

    public List<PartyDecision> Party { get; } = [];

    public string LeasedNumberFault { get; set; } = "";

    public ProcedureState? LinkedState { get; set; }

    public string ScannedNumberFault { get; set; } = "";

    public List<(ProcedureActed Fact, ulong Entry, byte[] Leaf)> Facts { get; } = [];

    public ProcedureContext Context => new(Now, Crew.Book, 7, Rules, Party, Manifests)
    {
        LeasedNumberFault = LeasedNumberFault, ScannedNumberFault = ScannedNumberFault, LinkedState = LinkedState,
    };

    public ProcedureAct Act(Kind kind) => ActContents.Of(kind, Case, Now);

    /// <returns>Null: it was allowed and is folded.</returns>
    public ProcedureRefusal? Try(ProcedureAct act)
    {
        ProcedureDecision decision = ProcedureDecider.Decide(Case, act, Context);
        if (decision.Fact is not { } fact)
            return decision.Refusal;
        byte[] leaf = Leaf(fact);
        Facts.Add((fact, _entry, leaf));
        ProcedureFold.Apply(Case, fact, _entry, leaf);
        _entry++;
        return null;
    }

    public string[] Refused(Kind kind, Action<ProcedureAct>? change = null)
    {
        ProcedureAct act = Act(kind);
        change?.Invoke(act);
        return [.. Try(act)?.Guards.Select(guard => guard.Name) ?? []];
    }

    /// <summary>The act must be allowed; a request is approved at once.</summary>
    public Walk Do(Kind kind, Action<ProcedureAct>? change = null)
    {
        Ask(kind, change);
        return Case.Pending is null || kind is Kind.IssueDocument or Kind.BindScan ? this : Ask(Kind.Approve);
    }

    /// <summary>As <see cref="Do"/>, but a request stays one.</summary>
    public Walk Ask(Kind kind, Action<ProcedureAct>? change = null)
    {
        string[] refused = Refused(kind, change);
        Assert.True(refused.Length == 0, $"{kind} in {Case.State}: {string.Join(", ", refused)}");
        return this;
    }

    public Walk Pass(int days, int hours = 0)
    {
        Now += new TimeSpan(days, hours, 0, 0);
        return this;
    }

    public Walk Attach(EvidenceSource source)
    {
        Case.Evidence.Add(new CaseEvidence { Source = source });
        Case.EvidenceVersion++;
        ProcedureFold.EvidenceMoved(Case);
        return this;
    }

    public Walk Detach(string key)
    {
        Case.Evidence.Single(item => item.Source.Key == key).Detached = true;
        Case.EvidenceVersion++;
        ProcedureFold.EvidenceMoved(Case);
        return this;
    }

    /// <summary>Issued, signed, scanned back.</summary>
    public Walk Paper(DocumentKind kind, Action<IssuedDocument>? change = null)
    {
        Do(Kind.IssueDocument, act =>
        {
            act.Document = EndContents.Document(kind);
            change?.Invoke(act.Document);
        });
        return Do(Kind.BindScan);
    }

    public static EvidenceSource Footage(string key = "media/101", string uploader = "n-" + Crew.A) => new()
    {
        Key = key, DeviceId = Crew.Recorder, Uploader = uploader, Verified = true, Sha256 = EndContents.Hash(7), Title = "记录仪",
        CapturedAt = RegisterWorld.Stamp("2026-03-01 08:00"), CapturedUntil = RegisterWorld.Stamp("2026-03-01 09:00"),
    };

    public static EvidenceSource Reading(string key = "record/201", string device = Crew.Monitor, string quality = "N") => new()
    {
        Key = key, DeviceId = device, Verified = true, Sha256 = EndContents.Hash(8), Quality = quality, Title = "监测",
        CapturedAt = RegisterWorld.Stamp("2026-03-01 08:00"), CapturedUntil = RegisterWorld.Stamp("2026-03-01 08:01"),
    };

    public static byte[] Leaf(ProcedureActed fact) => SHA256.HashData(fact.ToByteArray());
}
