using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Tests.Door;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.IngestService.Tests.Procedure.Service;
using EdgeEnforcement.SegmentLog;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Cases;

/// <summary>The supervisor's sample of closed alerts (lawful-process 18 T2b, scenario 10), over the wire.</summary>
public sealed class ClosingSampleTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ee-sample-").FullName;
    private readonly Producer _producer = new("dock-1", SigningKey.Create());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_false_alarm_is_closed_undone_and_in_the_sample_and_a_disagreement_puts_it_back_before_the_duty_room()
    {
        await using ProcedureStack stack = await StartAsync(percent: 0);
        await AlertsAsync(stack, "false-alarm", "untouched");
        await CloseAsync(stack, "untouched", 1);
        ActAnswer closed = await CloseAsync(stack, "false-alarm", 1);
        Assert.Empty((await SampleAsync(stack, closed.LedgerSize)).Rows); // none drawn

        ActAnswer undone = await stack.Service.Acts.ReopenAlertAsync(
            new ReopenAlertRequest { Actor = Person("han-a"), AlertId = "false-alarm", ExpectedVersion = 2 }, cancellationToken: Cancellation);
        ClosingRow row = Assert.Single((await SampleAsync(stack, undone.LedgerSize)).Rows);
        Assert.Equal((closed.EntryIndex, true, "han-a", AlertState.New, CloseReason.FalseAlarm), (row.ClosingEntry, row.Undone, row.Actor.Id, row.Alert.State, row.Reason));

        ActAnswer again = await CloseAsync(stack, "false-alarm", 3);
        ActAnswer said = await stack.Service.Acts.SampleClosingAsync(Word(row.ClosingEntry, 4, agrees: true), cancellationToken: Cancellation);
        SamplePage after = await SampleAsync(stack, said.LedgerSize);
        Assert.Equal((0u, 4UL), (after.WaitingCount, said.Version)); // the second closing was neither drawn nor undone
        ClosingRow looked = Assert.Single((await stack.Service.Desk.ListSampleAsync(new ListSampleRequest { AtLeast = said.LedgerSize }, cancellationToken: Cancellation)).Rows);
        Assert.Equal((said.EntryIndex, true, "sup"), (looked.WordEntry, looked.Agrees, looked.Supervisor.Id));
        Assert.Equal(RefusalNames.NotPermitted, await RefusedAsync(stack, Word(again.EntryIndex, 4, agrees: false)));
    }

    [Fact]
    public async Task What_the_supervisor_disagrees_with_is_new_again_with_his_reason_in_its_history()
    {
        await using ProcedureStack stack = await StartAsync(percent: 100);
        await AlertsAsync(stack, "a");
        ActAnswer closed = await CloseAsync(stack, "a", 1);
        Assert.Equal(closed.EntryIndex, Assert.Single((await SampleAsync(stack, closed.LedgerSize)).Rows).ClosingEntry);

        Assert.Equal(RefusalNames.IncompleteAct, await RefusedAsync(stack, Word(closed.EntryIndex, 2, agrees: false, reason: " ", alert: "a")));
        Assert.Equal(RefusalNames.NotPermitted, await RefusedAsync(stack, Word(closed.EntryIndex, 2, agrees: false, alert: "a", officer: "han-b")));
        Assert.Equal(RefusalNames.NotPermitted, await RefusedAsync(stack, Word(closed.EntryIndex, 2, agrees: false, alert: "a", officer: "nobody")));
        Assert.Equal(RefusalNames.Conflict, await RefusedAsync(stack, Word(closed.EntryIndex, 1, agrees: false, alert: "a")));
        ActAnswer said = await stack.Service.Acts.SampleClosingAsync(Word(closed.EntryIndex, 2, agrees: false, alert: "a"), cancellationToken: Cancellation);
        Assert.Equal(RefusalNames.NotPermitted, await RefusedAsync(stack, Word(closed.EntryIndex, 3, agrees: true, alert: "a")));

        AlertDetail detail = await stack.Service.Desk.GetAlertAsync(new GetAlertRequest { AlertId = "a", AtLeast = said.LedgerSize }, cancellationToken: Cancellation);
        Assert.Equal((AlertState.New, 3UL, true), (detail.Row.State, detail.Row.Version, detail.Row.AcknowledgeBy is not null));
        Assert.Equal("alert_sampled", detail.Timeline[^1].Kind);
        Assert.Contains("画面中确有采砂船", detail.Timeline[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_closed_it_does_not_look_at_it_himself()
    {
        await using ProcedureStack stack = await StartAsync(percent: 100);
        await AlertsAsync(stack, "a");
        ActAnswer closed = await CloseAsync(stack, "a", 1, officer: "sup");

        Assert.Equal(RefusalNames.NotPermitted, await RefusedAsync(stack, Word(closed.EntryIndex, 2, agrees: true, alert: "a")));
    }

    [Fact]
    public async Task The_draw_is_the_leafs_hash_and_anybody_with_the_leaf_draws_the_same()
    {
        await using ProcedureStack stack = await StartAsync(percent: 50);
        string[] ids = [.. Enumerable.Range(0, 60).Select(i => $"a{i}")];
        await AlertsAsync(stack, ids);
        ILedgerReader ledger = stack.Service.App.Services.GetRequiredService<ILedgerReader>();
        List<ulong> expected = [];
        foreach (string id in ids)
        {
            ActAnswer closed = await CloseAsync(stack, id, 1);
            byte[] hash = SHA256.HashData([0, .. ledger.Read(new EntryIndex(closed.EntryIndex)).LeafBytes.Span]);
            if (hash[0] < 128)
                expected.Add(closed.EntryIndex);
        }

        SamplePage page = await SampleAsync(stack, ledger.DurableSize);

        Assert.Equal(expected, page.Rows.Select(row => row.ClosingEntry).Reverse());
        Assert.InRange(expected.Count, 5, 55);
    }

    private static class RefusalNames
    {
        public const string NotPermitted = "NOT_PERMITTED";
        public const string IncompleteAct = "INCOMPLETE_ACT";
        public const string Conflict = "CONFLICT";
    }

    private async Task<ProcedureStack> StartAsync(int percent)
    {
        ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        await new Enrolment.EnrolmentClient(stack.Service.Channel).RegisterAsync(Producer.Registration("dock-1", _producer.Key), cancellationToken: Cancellation);
        ActivateRulesAnswer rules = await stack.ActivateAsync(RulesFile.Bytes(file =>
        {
            file["version"] = "sample";
            file["alerts"]!["closedAlertSample"]!["percent"] = percent;
        }));
        Assert.Empty(rules.Errors);
        return stack;
    }

    private async Task AlertsAsync(ProcedureStack stack, params string[] ids)
    {
        using ReportClient stream = await ReportClient.OpenAsync(stack.Service.Channel, "dock-1", Cancellation);
        foreach (string id in ids)
        {
            Record alert = new() { Identity = _producer.Identity() };
            Assert.Equal(ReceiptCode.Appended, (await stream.AskAsync(_producer.Seal(alert.FieldAlert(id)))).Receipt.Code);
        }

        await stack.Service.ClerkAsync();
    }

    private static async Task<ActAnswer> CloseAsync(ProcedureStack stack, string alert, ulong version, string officer = "han-a") =>
        await stack.Service.Acts.CloseAlertAsync(
            new CloseAlertRequest { Actor = Person(officer), AlertId = alert, ExpectedVersion = version, Reason = CloseReason.FalseAlarm }, cancellationToken: Cancellation);

    private static async Task<SamplePage> SampleAsync(ProcedureStack stack, ulong atLeast) => await stack.Service.Desk.ListSampleAsync(
        new ListSampleRequest { AtLeast = atLeast, WaitingOnly = true }, cancellationToken: Cancellation);

    private static async Task<string?> RefusedAsync(ProcedureStack stack, SampleClosingRequest word)
    {
        RpcException refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await stack.Service.Acts.SampleClosingAsync(word, cancellationToken: Cancellation));
        return refused.Trailers.GetValue("ee-refusal-name");
    }

    private static SampleClosingRequest Word(
        ulong closing, ulong version, bool agrees, string reason = "画面中确有采砂船", string alert = "false-alarm", string officer = "sup") => new()
        {
            Actor = Person(officer), AlertId = alert, ExpectedVersion = version, ClosingEntry = closing, Agrees = agrees, Reason = agrees ? "" : reason,
        };

    private static Actor Person(string id) => new() { Id = id, Name = id, Unit = ProcedurePeople.Team };
}
