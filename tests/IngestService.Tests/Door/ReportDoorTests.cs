using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Refusals;
using Google.Protobuf;
using Grpc.Core;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Door;

public sealed class ReportDoorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_gets_a_receipt_that_its_own_bytes_confirm()
    {
        await using var host = await DoorHost.StartAsync();
        var producer = await host.RegisterAsync("dock-1");
        using var stream = await host.ReportAsync("dock-1");
        var envelope = producer.SealedStatus();

        var receipt = (await stream.AskAsync(envelope)).Receipt;

        Assert.Equal(ReceiptCode.Appended, receipt.Code);
        Assert.Equal(stream.Hello.Origin, receipt.Origin);
        Assert.True(LeafFormat.TryParse(receipt.Leaf.Span, out var leaf));
        Assert.Equal(Commitment.Compute(receipt.Salt.Span, envelope), leaf.Commitment);
        Assert.Equal(envelope, host.Ledger.Entries[(int)receipt.Index].Envelope.ToArray());
    }

    [Fact]
    public async Task Answers_come_in_the_order_of_the_envelopes_refusals_among_them()
    {
        await using var host = await DoorHost.StartAsync();
        var producer = await host.RegisterAsync("dock-1");
        using var stream = await host.ReportAsync("dock-1");

        for (var i = 1; i <= 200; i++)
            await stream.SendAsync(i % 7 == 0 ? [1, 2, 3] : producer.SealedStatus());

        ulong last = 0;
        for (ulong i = 1; i <= 200; i++)
        {
            var response = await stream.ReadAsync();
            Assert.Equal(i, response.Correlation);
            Assert.Equal(i % 7 == 0, response.Refusal is not null);
            if (response.Receipt is not { } receipt)
                continue;
            Assert.True(receipt.Index > last);
            last = receipt.Index;
        }
    }

    [Fact]
    public async Task No_receipt_leaves_before_the_flush()
    {
        await using var host = await DoorHost.StartAsync();
        var producer = await host.RegisterAsync("dock-1");
        using var stream = await host.ReportAsync("dock-1");
        host.Ledger.Hold();

        // The refusal comes after the record, so its absence shows that the receipt before it was held too.
        await stream.SendAsync(producer.SealedStatus());
        await stream.SendAsync([1]);
        var reading = stream.ReadAsync();
        await Until(() => host.Ledger.AppendedCount == 2);
        Assert.False(reading.IsCompleted);

        host.Ledger.Release();
        Assert.NotNull((await reading).Receipt);
        Assert.NotNull((await stream.ReadAsync()).Refusal);
    }

    [Fact]
    public async Task At_the_window_the_door_stops_reading()
    {
        await using var host = await DoorHost.StartAsync();
        var producer = await host.RegisterAsync("dock-1");
        using var stream = await host.ReportAsync("dock-1");
        host.Ledger.Hold();
        var before = host.Ledger.AppendedCount;
        var envelopes = Enumerable.Range(0, 10_000).Select(_ => producer.SealedStatus()).ToArray();

        var sending = Task.Run(async () =>
        {
            foreach (var envelope in envelopes)
                await stream.SendAsync(envelope);
        }, Cancellation);
        await Until(() => host.Ledger.AppendedCount - before == 256);
        // Nothing more can come: every slot is taken until an answer leaves.
        for (var i = 0; i < 50; i++)
        {
            await Task.Yield();
            Assert.Equal(256, host.Ledger.AppendedCount - before);
        }

        host.Ledger.Release();
        for (ulong i = 1; i <= 10_000; i++)
            Assert.Equal(i, (await stream.ReadAsync()).Correlation);
        await sending;
        Assert.Equal(10_000, host.Ledger.AppendedCount - before);
    }

    [Fact]
    public async Task The_same_bytes_again_get_the_original_receipt_and_other_bytes_are_a_conflict()
    {
        await using var host = await DoorHost.StartAsync();
        var producer = await host.RegisterAsync("dock-1");
        using var stream = await host.ReportAsync("dock-1");

        var original = (await stream.AskAsync(producer.SealedStatus(1))).Receipt;
        var again = (await stream.AskAsync(producer.SealedStatus(1))).Receipt;
        var other = (await stream.AskAsync(producer.SealedStatus(1, spoolBytes: 2))).Receipt;

        Assert.Equal(ReceiptCode.Duplicate, again.Code);
        Assert.Equal(original.Index, again.Index);
        Assert.Equal(original.Leaf, again.Leaf);
        Assert.Equal(ReceiptCode.Conflict, other.Code);
        Assert.NotEqual(original.Index, other.Index);
    }

    [Fact]
    public async Task Each_bad_envelope_is_refused_by_name_and_the_stream_goes_on()
    {
        await using var host = await DoorHost.StartAsync();
        var producer = await host.RegisterAsync("dock-1");
        var stranger = new Producer("dock-1", SigningKey.Create());
        using var stream = await host.ReportAsync("dock-1");
        var elsewhere = producer.Status();
        elsewhere.Identity.Producer = "dock-2";
        var numberless = producer.Status();
        numberless.Identity.Sequence = 0;
        var tomorrow = producer.Status();
        tomorrow.Identity.Epoch = 2;
        var fact = new Record { Identity = producer.Identity(), AlertOpened = new AlertOpened { AlertId = "a" } };
        var bodiless = new Record { Identity = producer.Identity() };
        var large = producer.Status();
        large.SourceDevice = new string('x', 1024 * 1024);
        var before = host.Ledger.AppendedCount;

        Expect(RefusalCode.Malformed, await stream.AskAsync([0xff, 0xff]));
        Expect(RefusalCode.Malformed, await stream.AskAsync([]));
        Expect(RefusalCode.BadSignature, await stream.AskAsync(stranger.SealedStatus(7)));
        Expect(RefusalCode.IdentityMismatch, await stream.AskAsync(producer.Seal(elsewhere)));
        Expect(RefusalCode.BadIdentity, await stream.AskAsync(producer.Seal(numberless)));
        Expect(RefusalCode.BadIdentity, await stream.AskAsync(producer.Seal(tomorrow)));
        Expect(RefusalCode.UnknownType, await stream.AskAsync(producer.Seal(fact)));
        Expect(RefusalCode.UnknownType, await stream.AskAsync(producer.Seal(bodiless)));
        Expect(RefusalCode.TooLarge, await stream.AskAsync(producer.Seal(large)));

        Assert.Equal(before, host.Ledger.AppendedCount);
        Assert.Equal(ReceiptCode.Appended, (await stream.AskAsync(producer.SealedStatus(99))).Receipt.Code);
    }

    [Fact]
    public async Task Authenticated_rubbish_is_kept_and_named()
    {
        await using var host = await DoorHost.StartAsync();
        var producer = await host.RegisterAsync("dock-1");
        using var stream = await host.ReportAsync("dock-1");
        var signer = new EnvelopeSigner(producer.Key);
        var conditional = producer.Status();
        conditional.Preconditions.Add(new StreamPrecondition { Stream = "case/1/lifecycle" });
        var halfManifest = new Record { Identity = producer.Identity(), MediaManifest = new MediaManifest { SizeBytes = 5, ChunkBytes = 1 } };
        byte[][] envelopes =
        [
            signer.Seal(PayloadTypes.Record, ByteString.CopyFrom(0xff, 0xff, 0xff)),
            signer.Seal("text/plain", ByteString.CopyFromUtf8("hello")),
            producer.Seal(conditional),
            producer.Seal(halfManifest),
        ];

        foreach (var envelope in envelopes)
        {
            var receipt = (await stream.AskAsync(envelope)).Receipt;

            Assert.Equal(ReceiptCode.Quarantined, receipt.Code);
            Assert.Equal((uint)RefusalCode.Malformed, receipt.RefusalCode);
            var kept = LedgerDouble.Body(host.Ledger.Entries[(int)receipt.Index]).RecordQuarantined;
            Assert.Equal(envelope, kept.Envelope.ToByteArray());
            Assert.Equal("dock-1", kept.Producer);
        }
    }

    [Fact]
    public async Task Alerts_that_could_never_be_shown_are_not_acknowledged_as_alerts()
    {
        await using var host = await DoorHost.StartAsync();
        var producer = await host.RegisterAsync("dock-1");
        using var stream = await host.ReportAsync("dock-1");

        async Task<ReceiptCode> CodeOf(FieldAlert alert) =>
            (await stream.AskAsync(producer.Seal(new Record { Identity = producer.Identity(), FieldAlert = alert }))).Receipt.Code;

        Assert.Equal(ReceiptCode.Quarantined, await CodeOf(new FieldAlert { Title = "无编号" }));
        Assert.Equal(ReceiptCode.Quarantined, await CodeOf(new FieldAlert { EpisodeId = new string('e', 129) }));
        Assert.Equal(ReceiptCode.Quarantined, await CodeOf(new FieldAlert { EpisodeId = "e", Description = new string('水', 200_000) }));
        Assert.Equal(ReceiptCode.Appended, await CodeOf(new FieldAlert { EpisodeId = new string('e', 128), Description = new string('水', 170_000) }));
    }

    [Fact]
    public async Task Above_its_quota_rubbish_is_refused_for_later()
    {
        await using var host = await DoorHost.StartAsync(settings: new() { ["Door:QuarantinedPerHour"] = "2" });
        var producer = await host.RegisterAsync("dock-1");
        using var stream = await host.ReportAsync("dock-1");
        var rubbish = new EnvelopeSigner(producer.Key).Seal("text/plain", ByteString.CopyFromUtf8("hello"));

        Assert.NotNull((await stream.AskAsync(rubbish)).Receipt);
        Assert.NotNull((await stream.AskAsync(rubbish)).Receipt);
        var refusal = (await stream.AskAsync(rubbish)).Refusal;
        Assert.Equal((uint)RefusalCode.Busy, refusal.Code);
        Assert.False(refusal.Permanent);
    }

    [Fact]
    public async Task An_unknown_producer_ends_unauthenticated()
    {
        await using var host = await DoorHost.StartAsync();
        await ExpectEnd(StatusCode.Unauthenticated, () => host.ReportAsync("nobody"));
    }

    [Fact]
    public async Task Hello_comes_first_and_once()
    {
        await using var host = await DoorHost.StartAsync();
        await host.RegisterAsync("dock-1");
        using var call = ReportClient.Call(host.Channel, Cancellation);
        await call.RequestStream.WriteAsync(new ReportRequest { Envelope = ByteString.CopyFrom(1) }, Cancellation);
        await ExpectEnd(StatusCode.FailedPrecondition, () => call.ResponseStream.MoveNext(Cancellation));

        using var stream = await host.ReportAsync("dock-1");
        await stream.SendAsync([1]);
        await stream.SendAsync(new ReportRequest { Hello = new Hello { Producer = "dock-1" } });
        // What came before the fault is answered first.
        Assert.NotNull((await stream.ReadAsync()).Refusal);
        await ExpectEnd(StatusCode.FailedPrecondition, stream.ReadAsync);
    }

    [Fact]
    public async Task A_stopped_ledger_ends_the_stream_unavailable()
    {
        await using var host = await DoorHost.StartAsync();
        var producer = await host.RegisterAsync("dock-1");
        using var stream = await host.ReportAsync("dock-1");
        host.Ledger.Stop();

        await stream.SendAsync(producer.SealedStatus());

        var end = await ExpectEnd(StatusCode.Unavailable, stream.ReadAsync);
        var refusal = Refusal.Parser.ParseFrom(end.Trailers.GetValueBytes(RefusalMap.Trailer));
        Assert.Equal((uint)RefusalCode.LedgerStopped, refusal.Code);
        Assert.False(refusal.Permanent);
    }

    [Fact]
    public async Task Two_thousand_mutated_envelopes_do_no_harm()
    {
        await using var host = await DoorHost.StartAsync(settings: new() { ["Door:QuarantinedPerHour"] = "100000" });
        var producer = await host.RegisterAsync("dock-1");
        using var stream = await host.ReportAsync("dock-1");
        var random = new Random(20261121);
        var before = host.Ledger.AppendedCount;

        var answering = Task.Run(async () =>
        {
            var kept = 0;
            for (var i = 0; i < 2_000; i++)
            {
                var response = await stream.ReadAsync();
                // A change that the signature does not cover (an unknown field, a second signature) leaves a sound record.
                kept += response.Receipt is null ? 0 : 1;
            }
            return kept;
        }, Cancellation);
        for (var i = 0; i < 2_000; i++)
            await stream.SendAsync(Mutate(producer.SealedStatus(), random));

        Assert.Equal(await answering, host.Ledger.AppendedCount - before);
        Assert.Equal(ReceiptCode.Appended, (await stream.AskAsync(producer.SealedStatus(1_000_000))).Receipt.Code);
    }

    private static byte[] Mutate(byte[] envelope, Random random)
    {
        var bytes = envelope.ToList();
        for (var i = random.Next(1, 4); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(bytes.Count - at));
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    bytes[at] = (byte)random.Next(256);
                    break;
            }
        }
        return [.. bytes];
    }

    private static void Expect(RefusalCode code, ReportResponse response)
    {
        Assert.NotNull(response.Refusal);
        Assert.Equal((uint)code, response.Refusal.Code);
        var entry = RefusalMap.Of(code);
        Assert.Equal((entry.Name, entry.Permanent, entry.Stage), (response.Refusal.Name, response.Refusal.Permanent, response.Refusal.Stage));
        Assert.NotEmpty(response.Refusal.Detail);
    }

    internal static async Task<RpcException> ExpectEnd(StatusCode status, Func<Task> act)
    {
        var end = await Assert.ThrowsAnyAsync<RpcException>(act);
        Assert.Equal(status, end.StatusCode);
        return end;
    }

    internal static async Task Until(Func<bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
