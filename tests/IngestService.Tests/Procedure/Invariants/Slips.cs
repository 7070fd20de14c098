using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Invariants;

/// <summary>One thing wrong, dishonest or merely odd with an act. Some are allowed: the watch decides by the history what was not.</summary>
internal static class Slips
{
    private static readonly Action<Random, ProcedureAct, ProcedureCase, DateTimeOffset>[] All =
    [
        (random, act, _, _) => act.Actor.Id = Anybody(random),
        (random, act, _, _) => act.Actor.Id = Anybody(random),
        (random, act, _, _) => act.SecondOfficerId = Anybody(random),
        (random, act, _, _) => act.SecondOfficerId = random.Next(2) == 0 ? "" : act.Actor.Id,
        (random, act, _, _) => act.Role = (OfficerRole)random.Next(14),
        (random, act, _, now) => act.HappenedAt = now.AddHours(random.Next(-2_000, 10)).ToTimestamp(),
        (_, act, _, _) => act.ClearDetail(),
        (_, act, _, _) => act.Actor = null,
        (random, act, subject, now) => Swap(act, ActContents.Of((ProcedureActKind)random.Next(1, 83), subject, now)),
        Content, Content, Content, Content, Content, Content,
    ];

    public static void Make(Random random, ProcedureAct act, ProcedureCase subject, DateTimeOffset now) => All[random.Next(All.Length)](random, act, subject, now);

    private static void Content(Random random, ProcedureAct act, ProcedureCase subject, DateTimeOffset now)
    {
        string key = subject.Evidence.Count > 0 && random.Next(3) > 0 ? subject.Evidence[random.Next(subject.Evidence.Count)].Source.Key : "media/9";
        Sanction? sanction = act.Report?.Sanction ?? act.Decision?.Sanction ?? act.SimpleDecision?.Sanction;
        if (sanction is not null)
            Heavier(random, sanction);
        if (act.Report is { } report && random.Next(2) == 0)
            report.EvidenceKeys.Add(key);
        if (act.Document is { } document)
            Other(random, document, key);
        if (act.Opinion is { } opinion)
            Careless(random, opinion);
        if (act.Service is { } service)
            Other(random, service, subject, now);
        if (act.Officers is { } officers)
            officers.SecondOfficerId = Anybody(random);
        if (act.Hearing is { } hearing)
            (hearing.HeldAt, hearing.PresiderOfficerId) = (now.AddDays(random.Next(-20, 20)).ToTimestamp(), Anybody(random));
        if (act.Filing is { } filing)
            filing.ActThroughDay = random.Next(2) == 0 ? "2023-01-01" : "2027-01-01";
        if (act.Deadline is { } deadline)
            (deadline.Units, deadline.ReasonCode) = (random.Next(2) == 0 ? uint.MaxValue : 90, "especially-complex");
        if (act.Payment is { } payment)
            payment.CollectedBy = Anybody(random);
        if (act.EvidenceReview is { Items.Count: > 0 } review)
            (review.Items[0].EvidenceKey, review.Items[0].TechnicalOk) = (key, true);
        if (act.Answer is { } answer)
            answer.RequestEntry -= (ulong)random.Next(2);
    }

    private static void Heavier(Random random, Sanction sanction)
    {
        switch (random.Next(4))
        {
            case 0: sanction.FineFen += 100; break;
            case 1: sanction.Kinds.Add(SanctionKind.RevokeLicence); break;
            case 2: sanction.FineFen -= 100; break;
            default: sanction.FineFen = random.Next(2) == 0 ? -1 : long.MaxValue; break;
        }
    }

    private static void Other(Random random, IssuedDocument document, string key)
    {
        document.EvidenceKeys.Add(key);
        if (random.Next(2) == 0)
            document.Kind = (DocumentKind)random.Next(0, 17);
        if (random.Next(2) == 0)
            document.Fields.Remove("hearing_due");
    }

    private static void Careless(Random random, LegalOpinion opinion)
    {
        if (random.Next(2) == 0)
            opinion.ReportSha256 = EndContents.Hash((byte)random.Next(256));
        else
            opinion.Checklist.RemoveAt(0);
    }

    private static void Other(Random random, ServiceOfDocument service, ProcedureCase subject, DateTimeOffset now)
    {
        if (random.Next(2) == 0 && subject.Documents.Count > 0)
            service.DocumentId = subject.Documents[random.Next(subject.Documents.Count)].DocumentId;
        service.Method = (ServiceMethod)random.Next(0, 9);
        service.ServedAt = now.AddDays(-random.Next(0, 30)).ToTimestamp();
        service.EffectiveAt = now.AddDays(-100).ToTimestamp();
    }

    private static void Swap(ProcedureAct act, ProcedureAct other)
    {
        ProcedureActKind kind = act.Kind;
        act.MergeFrom(other);
        act.Kind = kind;
    }

    private static string Anybody(Random random) => Crew.Everybody[random.Next(Crew.Everybody.Length)];
}
