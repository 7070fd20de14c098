using EdgeEnforcement.Mqtt.Sessions.Facts;
using EdgeEnforcement.Mqtt.Sessions.State;
using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

/// docs/formats/session-log.md, by hand.
public sealed class FormatTests
{
    private readonly Recorder _recorder = new();

    [Fact]
    public void The_vector_of_the_document()
    {
        var facts = new FactWriter(_recorder);
        var session = new Session("c", 1) { ExpirySeconds = uint.MaxValue };
        facts.Reserved(65_537);
        facts.SessionOpened(session);
        facts.Subscribed(session, "a/#", new SubscriptionGrant(new SubscriptionOptions(QoS.AtLeastOnce)));

        Assert.Equal(
            [
                "01 0000000000010001",
                "03 0000000000000001 00000001 63 ffffffff 0000000000000000 00",
                "06 0000000000000001 00000003 612f23 01 00000000",
            ],
            _recorder.Facts.Zip(["8", "8 4 1 4 8 1", "8 4 3 1 4"], Spaced));
    }

    [Fact]
    public void A_message_with_every_part()
    {
        var message = new ApplicationMessage
        {
            Topic = "t", Payload = new byte[] { 9 }, QoS = QoS.ExactlyOnce, Retain = true, IsText = true, ExpirySeconds = 7, ContentType = "c",
            ResponseTopic = "r", CorrelationData = new byte[] { 1 }, UserProperties = [new UserProperty("n", "")],
        };
        new FactWriter(_recorder).Message(new StoredMessage(2, message, 5));

        Assert.Equal(
            "08 0000000000000002 0000000000000005 fe 00000001 74 00000007 00000001 63 00000001 72 00000001 01 00000001 00000001 6e 00000000 00000001 09",
            Spaced(_recorder.Facts[0], "8 8 1 4 1 4 4 1 4 1 4 1 4 4 1 4 4 1"));
    }

    [Fact]
    public void A_delivery_of_a_shared_filter_with_identifiers()
    {
        var session = new Session("c", 1);
        var entry = new Outgoing(6, new StoredMessage(2, BrokerFixture.Message("t", ""), StoredMessage.Never), new OutgoingForm(QoS.AtLeastOnce, true, [3], "f"));
        new FactWriter(_recorder).Queued(session, entry);

        Assert.Equal(
            "09 0000000000000001 0000000000000002 0000000000000006 0d 00000001 00000003 00000001 66",
            Spaced(_recorder.Facts[0], "8 8 8 1 4 4 4 1"));
    }

    [Fact]
    public void A_fact_that_ends_early_goes_on_or_is_unknown_is_refused()
    {
        var facts = new FactWriter(_recorder);
        facts.SessionOpened(new Session("c", 1) { ExpirySeconds = 1 });
        var body = Convert.FromHexString(_recorder.Facts[0][2..]);
        for (var length = 0; length < body.Length; length++)
            Assert.Throws<InvalidDataException>(() => new FactReplay(new BrokerState()).Apply(FactKind.SessionOpened, body.AsSpan(0, length)));
        Assert.Throws<InvalidDataException>(() => new FactReplay(new BrokerState()).Apply(FactKind.SessionOpened, [.. body, 0]));
        Assert.Throws<InvalidDataException>(() => new FactReplay(new BrokerState()).Apply((FactKind)200, body));
        Assert.Throws<InvalidDataException>(() => new FactReplay(new BrokerState()).Apply(FactKind.SessionEnded, new byte[8]));
        Assert.Throws<InvalidDataException>(() => new FactReplay(new BrokerState()).Apply(FactKind.Retained, new byte[8]));
    }

    /// The hex with a blank after the kind and after so many bytes each.
    private static string Spaced(string hex, string sizes)
    {
        List<string> parts = [hex[..2]];
        var at = 2;
        foreach (var size in sizes.Split(' ').Select(int.Parse))
        {
            parts.Add(hex.Substring(at, size * 2));
            at += size * 2;
        }
        if (at < hex.Length)
            parts.Add(hex[at..]);
        return string.Join(' ', parts);
    }

    private sealed class Recorder : IFactSink
    {
        public List<string> Facts { get; } = [];

        public void Add(FactKind kind, ReadOnlySpan<byte> body) => Facts.Add(((byte)kind).ToString("x2") + Convert.ToHexStringLower(body));
    }
}
