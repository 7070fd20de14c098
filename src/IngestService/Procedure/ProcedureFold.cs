using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Procedure.Folds;
using Google.Protobuf;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>Facts to state. Decides nothing and reads nothing else, so a rebuild from entry 0 gives the same state.</summary>
internal static class ProcedureFold
{
    /// <param name="subject">Changed in place.</param>
    /// <param name="fact">Of this case.</param>
    /// <param name="entry">Where it lies.</param>
    /// <param name="leaf">Leaf of the entry, which commits to all of it: the state's own chain (invariant 15).</param>
    public static void Apply(ProcedureCase subject, ProcedureActed fact, ulong entry, ReadOnlySpan<byte> leaf)
    {
        ProcedureAct act = fact.Act;
        subject.LifecycleVersion++;
        subject.StateSha256 = Chain(subject.StateSha256, leaf);
        People(subject, act);
        if (fact.Requested)
        {
            subject.Pending = new PendingRequest { Act = act, Approver = ActTable.All[act.Kind].Approver, EntryIndex = entry, At = fact.At };
            Made(subject, fact, act.Kind, entry);
            return;
        }

        Made(subject, fact, act.Kind, entry);
        if (act.Kind is Kind.ReturnRequest or Kind.WithdrawRequest)
        {
            subject.Pending = null;
            return;
        }

        ProcedureAct effect = act;
        if (act.Kind == Kind.Approve)
        {
            effect = subject.Pending?.Act ?? act;
            subject.Pending = null;
            Made(subject, fact, effect.Kind, entry);
        }

        Numbers(subject, fact);
        ContentFold.Apply(subject, effect, fact);
        subject.State = fact.To;
        foreach (ClockChange change in fact.Clocks)
            ClockFold.Apply(subject, change, entry);
        if (effect.Kind is Kind.EndInvestigation or Kind.Amend or Kind.ReviewEvidence)
            subject.ReportSha256 = ReportHash.Of(subject); // nothing else an act does changes report or evidence
        if (effect.Kind == Kind.GiveOpinion)
            subject.ReviewedSha256 = effect.Opinion.Agrees ? subject.ReportSha256 : ByteString.Empty; // an older 同意 does not outlive 存在问题
        if (fact.To is ProcedureState.G0Closed or ProcedureState.A4LeadClosed or ProcedureState.A9Rechecked)
            subject.EndedAt = fact.At;
    }

    /// <summary>Evidence moved (attached, detached, verified): the report's hash follows, so that a review of less does not count for more.</summary>
    public static void EvidenceMoved(ProcedureCase subject) => subject.ReportSha256 = ReportHash.Of(subject);

    /// <summary>The other end of a link.</summary>
    public static void ApplyLinked(ProcedureCase other, ProcedureActed fact, ulong entry)
    {
        switch (fact.Act.Kind)
        {
            case Kind.Merge:
                other.Links.Add(Link(fact.CaseId, CaseLinkKind.MergedFrom, fact.Act.LinkedCase.Reason, entry));
                break;
            case Kind.Split:
                other.Links.Add(Link(fact.CaseId, CaseLinkKind.SplitFrom, fact.Act.LinkedCase.Reason, entry));
                break;
            case Kind.UndoMerge:
                foreach (CaseLink link in other.Links.Where(link => link.OtherCaseId == fact.CaseId && link.Kind == CaseLinkKind.MergedFrom))
                    link.Undone = true;
                break;
        }
    }

    public static CaseLink Link(string otherCaseId, CaseLinkKind kind, string reason, ulong entry) =>
        new() { OtherCaseId = otherCaseId, Kind = kind, Reason = reason, EntryIndex = entry };

    private static void Numbers(ProcedureCase subject, ProcedureActed fact)
    {
        foreach (GivenNumber given in fact.Numbers.Where(given => given.Space == NumberSpace.Common))
        {
            subject.LastCommonNumber++;
            if (Guards.EvidenceGuards.Find(subject, given.Subject) is { } item)
                item.CommonNumber = given.Text;
        }
    }

    private static void People(ProcedureCase subject, ProcedureAct act)
    {
        Person(subject, act.Actor.Id, act.Actor.Name, act.Role);
        if (act.SecondOfficerId.Length > 0)
            Person(subject, act.SecondOfficerId, "", act.Role);
    }

    public static CaseParticipant Person(ProcedureCase subject, string officerId, string name, OfficerRole role)
    {
        CaseParticipant? person = subject.Participants.FirstOrDefault(known => known.OfficerId == officerId);
        if (person is null)
        {
            person = new CaseParticipant { OfficerId = officerId };
            subject.Participants.Add(person);
        }

        if (name.Length > 0)
            person.Name = name;
        if (!person.Roles.Contains(role))
            person.Roles.Add(role);
        return person;
    }

    private static void Made(ProcedureCase subject, ProcedureActed fact, Kind kind, ulong entry) => subject.Acts.Add(new ActMade
    {
        Kind = kind, From = fact.From, To = fact.To, EntryIndex = entry, At = fact.At, OfficerId = fact.Act.Actor.Id, Requested = fact.Requested,
        HappenedAt = fact.Act.HappenedAt,
    });

    private static ByteString Chain(ByteString previous, ReadOnlySpan<byte> leaf)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous.Span);
        hash.AppendData(leaf);
        return ByteString.CopyFrom(hash.GetHashAndReset());
    }
}
