using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Registers;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>One byte of a stored file changes; and what a file may no longer lose.</summary>
public sealed class ChangedFootageTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ee-changed-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_file_that_changed_by_one_byte_fails_its_check_and_stands_in_no_document()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        string caseId = await stack.OpenAsync("占道经营", "urban");
        string item = await stack.Footage.AttachAsync(caseId, "");
        await stack.ActAsync(caseId, ProcedureActKind.SubmitEvidence, "han-a", OfficerRole.Handler);
        await stack.ActAsync(caseId, ProcedureActKind.ReviewEvidence, "evi", OfficerRole.EvidenceReviewer, act => act.EvidenceReview = OrdinaryPath.Yes(item));

        ChangeOneByte();
        CheckEvidenceAnswer check = await stack.CheckAsync(item);
        bool held = (await stack.CaseAsync(caseId)).Evidence[0].Source.Verified;
        ProcedureRefusal cited = await stack.RefusedAsync(caseId, ProcedureActKind.IssueDocument, "han-a", OfficerRole.Handler, act => act.Document = Order(item));
        ProcedureCase again = await stack.ActAsync(caseId, ProcedureActKind.ReviewEvidence, "evi", OfficerRole.EvidenceReviewer, act => act.EvidenceReview = OrdinaryPath.Yes(item));
        ProcedureRefusal excluded = await stack.RefusedAsync(caseId, ProcedureActKind.IssueDocument, "han-a", OfficerRole.Handler, act => act.Document = Order(item));
        ProcedureRefusal filed = await stack.RefusedAsync(caseId, ProcedureActKind.File, "han-a", OfficerRole.Handler, act => act.Filing = OrdinaryPath.Filing("urban"));

        Assert.False(check.Passed);
        Assert.Equal(["FILE", "CHUNKS"], check.Steps.Where(step => !step.Passed).Select(step => step.Name));
        Assert.False(held);
        Assert.Equal("HASH_MATCHES", Assert.Single(cited.Guards).Name);
        Assert.Equal((EvidenceOutcome.Excluded, false), (again.Evidence[0].Outcome, again.Evidence[0].Review.TechnicalOk));
        Assert.Equal(("DOCUMENT", $"{item}已被排除，不得出现在文书中"), (Assert.Single(excluded.Guards).Name, excluded.Guards[0].Detail));
        Assert.Contains(filed.Guards, guard => guard.Name == "EVIDENCE_LEFT" && guard.Articles.Any(article => article.Id == "APL-40"));
    }

    [Fact]
    public async Task What_nobody_checks_by_hand_is_found_by_the_scrubber_and_every_desk_is_told()
    {
        string restless = Path.Combine(_data, "scrub.json");
        await File.WriteAllTextAsync(restless, """{ "Scrub": { "FirstAfter": "00:00:00", "Pause": "00:00:10" } }""", Cancellation);
        await using ProcedureStack stack = await ProcedureStack.StartAsync(Path.Combine(_data, "data"), Cancellation, configFile: restless);
        await stack.Footage.AttachAsync(await stack.OpenAsync("占道经营", "urban"), "");
        using AsyncServerStreamingCall<FeedVersion> feed = new Contracts.V1.Desk.DeskClient(stack.Service.Channel).WatchFeed(new WatchFeedRequest(), cancellationToken: Cancellation);
        Assert.True(await feed.ResponseStream.MoveNext(Cancellation));
        uint before = feed.ResponseStream.Current.Findings;

        ChangeOneByte();
        while (feed.ResponseStream.Current.Findings == 0)
            Assert.True(await feed.ResponseStream.MoveNext(Cancellation));

        Assert.Equal(0u, before);
        Assert.Contains("media", feed.ResponseStream.Current.FirstFinding, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_passes_again_gives_the_file_back()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        string caseId = await stack.OpenAsync("占道经营", "urban");
        string item = await stack.Footage.AttachAsync(caseId, "");

        ChangeOneByte();
        await stack.CheckAsync(item);
        ProcedureRefusal broken = await stack.RefusedAsync(caseId, ProcedureActKind.SubmitEvidence, "han-a", OfficerRole.Handler);
        ChangeOneByte();
        CheckEvidenceAnswer whole = await stack.CheckAsync(item);

        Assert.Equal("HASH_MATCHES", Assert.Single(broken.Guards).Name);
        Assert.True(whole.Passed);
        await stack.ActAsync(caseId, ProcedureActKind.SubmitEvidence, "han-a", OfficerRole.Handler);
    }

    [Fact]
    public async Task Nothing_comes_into_a_closed_file()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        string caseId = await stack.OpenAsync("占道经营", "urban");
        await stack.Footage.AttachAsync(caseId, "");
        await stack.ApprovedAsync(caseId, ProcedureActKind.CloseLead, "head-unit", OfficerRole.UnitHead,
            act => act.LeadClosing = new LeadClosing { ReasonCode = "no-violation", Reason = "现场无违法事实" });

        RpcException attached = await Assert.ThrowsAsync<RpcException>(() => stack.Footage.AttachAsync(caseId, ""));

        Assert.Equal((StatusCode.FailedPrecondition, "NOT_PERMITTED: evidence list: the file is closed"), (attached.StatusCode, attached.Status.Detail));
    }

    private static IssuedDocument Order(string item)
    {
        IssuedDocument order = new() { Kind = DocumentKind.CorrectionOrder, EvidenceKeys = { item } };
        foreach (string key in (string[])["party_name", "party_address", "facts", "violated", "order_basis", "order", "due", "review_body", "court"])
            order.Fields[key] = "内容";
        return order;
    }

    private void ChangeOneByte()
    {
        string file = Directory.GetFiles(_data, "*", SearchOption.AllDirectories).Single(path => path.Contains(Path.Combine("media", "objects"), StringComparison.Ordinal));
        File.SetAttributes(file, FileAttributes.Normal);
        using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = 1_000;
        int value = stream.ReadByte();
        stream.Position = 1_000;
        stream.WriteByte((byte)(value ^ 1));
    }
}
