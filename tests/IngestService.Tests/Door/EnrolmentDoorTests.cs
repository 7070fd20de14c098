using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Door.Admission;
using EdgeEnforcement.IngestService.Refusals;
using Google.Protobuf;
using Grpc.Core;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Door;

public sealed class EnrolmentDoorTests
{
    [Fact]
    public async Task The_first_key_is_an_entry_and_the_same_key_again_is_answered_as_before()
    {
        await using var host = await DoorHost.StartAsync();
        var key = SigningKey.Create();
        var client = new Enrolment.EnrolmentClient(host.Channel);

        var first = await client.RegisterAsync(Producer.Registration("dock-1", key), cancellationToken: TestContext.Current.CancellationToken);
        var again = await client.RegisterAsync(Producer.Registration("dock-1", key), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(first, again);
        var fact = Assert.Single(host.Ledger.Facts(Record.BodyOneofCase.ProducerRegistered)).ProducerRegistered;
        Assert.Equal(("dock-1", key.KeyId), (fact.Producer, fact.KeyId));
    }

    [Fact]
    public async Task After_a_restart_the_key_is_known_from_the_projection()
    {
        var ledger = new LedgerDouble();
        Producer producer;
        await using (var host = await DoorHost.StartAsync(ledger))
            producer = await host.RegisterAsync("dock-1");

        await using var restarted = await DoorHost.StartAsync(ledger);
        using var stream = await restarted.ReportAsync("dock-1");
        Assert.NotNull((await stream.AskAsync(producer.SealedStatus())).Receipt);
    }

    [Fact]
    public async Task Another_key_for_a_known_producer_is_refused()
    {
        await using var host = await DoorHost.StartAsync();
        await host.RegisterAsync("dock-1");
        await Expect(host, RefusalCode.KeyChanged, Producer.Registration("dock-1", SigningKey.Create()));
    }

    [Fact]
    public async Task Of_two_first_keys_that_come_together_one_wins()
    {
        await using var host = await DoorHost.StartAsync();
        var client = new Enrolment.EnrolmentClient(host.Channel);
        var attempts = Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                await client.RegisterAsync(Producer.Registration("dock-1", SigningKey.Create()));
                return true;
            }
            catch (RpcException)
            {
                return false;
            }
        });

        var won = await Task.WhenAll(attempts);

        Assert.Single(won, true);
        Assert.Single(host.Ledger.Facts(Record.BodyOneofCase.ProducerRegistered));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ledger")]
    [InlineData("DESK")]
    [InlineData("clerk")]
    public async Task A_name_that_is_none_or_ours_is_refused(string name)
    {
        await using var host = await DoorHost.StartAsync();
        await Expect(host, RefusalCode.BadIdentity, Producer.Registration(name, SigningKey.Create()));
    }

    [Fact]
    public async Task Without_proof_of_possession_nothing_is_registered()
    {
        await using var host = await DoorHost.StartAsync();
        var stolen = Producer.Registration("dock-1", SigningKey.Create());
        stolen.Proof = Producer.Registration("dock-1", SigningKey.Create()).Proof;
        await Expect(host, RefusalCode.BadSignature, stolen);

        var otherName = Producer.Registration("dock-2", SigningKey.Create());
        otherName.Producer = "dock-1";
        await Expect(host, RefusalCode.BadSignature, otherName);

        var noKey = Producer.Registration("dock-1", SigningKey.Create());
        noKey.PublicKey = ByteString.CopyFromUtf8("no key");
        await Expect(host, RefusalCode.BadSignature, noKey);
        Assert.Equal(0, host.Ledger.AppendedCount);
    }

    [Fact]
    public async Task A_display_name_without_end_is_refused()
    {
        await using var host = await DoorHost.StartAsync();
        var request = Producer.Registration("dock-1", SigningKey.Create());
        request.DisplayName = new string('站', 257);
        await Expect(host, RefusalCode.TooLarge, request);
        Assert.Equal(0, host.Ledger.AppendedCount);
    }

    [Theory]
    [InlineData("ipv4:127.0.0.1:4711", true)]
    [InlineData("ipv6:[::1]:4711", true)]
    [InlineData("ipv6:[::ffff:127.0.0.1]:4711", true)]
    [InlineData("ipv4:10.0.0.7:4711", false)]
    [InlineData("ipv6:[2001:db8::1]:4711", false)]
    [InlineData("unknown", false)]
    public void Only_loopback_may_register(string peer, bool admitted)
    {
        var refusal = new LoopbackPeerIdentity().MayRegister(peer);

        Assert.Equal(admitted, refusal is null);
        if (refusal is not null)
            Assert.Equal(RefusalCode.NotLoopback, refusal.Code);
    }

    private static async Task Expect(DoorHost host, RefusalCode code, RegisterRequest request)
    {
        var end = await Assert.ThrowsAnyAsync<RpcException>(
            async () => await new Enrolment.EnrolmentClient(host.Channel).RegisterAsync(request));
        Assert.Equal(RefusalMap.Of(code).Grpc, end.StatusCode);
        Assert.Equal((uint)code, Refusal.Parser.ParseFrom(end.Trailers.GetValueBytes(RefusalMap.Trailer)).Code);
    }
}
