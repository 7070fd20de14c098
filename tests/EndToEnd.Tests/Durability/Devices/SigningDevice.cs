using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.Evidence;
using Grpc.Net.Client;

namespace EdgeEnforcement.EndToEnd.Tests.Durability.Devices;

/// <summary>A registered producer on `up`: many envelopes in flight, what has no receipt is sent again, in order, on the next connection.</summary>
internal sealed class SigningDevice(string name, ServiceUnderTest service, GrpcChannel channel) : IDevice
{
    private const int Window = 20;

    private readonly FieldProducer _producer = new(name, channel, service.Line("mqtt", channel));
    private readonly Queue<byte[]> _unanswered = new();

    public string Name => name;

    public ulong Count { get; private set; }

    /// <summary>Receipts in the order of their envelopes, with what they are for.</summary>
    public List<(byte[] Envelope, Receipt Receipt)> Receipts { get; } = [];

    public async Task ConnectAsync(int port)
    {
        await _producer.ConnectAsync(Cancellation);
        foreach (var envelope in _unanswered)
            await _producer.SendAsync(envelope, Cancellation);
    }

    public async Task FinishAsync()
    {
        while (_unanswered.Count > 0)
            await TakeAnswerAsync();
    }

    public async Task GoOnAsync(Random random)
    {
        for (var begun = random.Next(1, Window + 1); begun > 0; begun--)
        {
            var envelope = _producer.NextAlert($"排口 {++Count}");
            _unanswered.Enqueue(envelope);
            await _producer.SendAsync(envelope, Cancellation);
        }
        for (var left = random.Next(_unanswered.Count + 1); _unanswered.Count > left;)
            await TakeAnswerAsync();
    }

    public void Hold(LedgerDump ledger)
    {
        var own = ledger.Entries.Where(e => e.Leaf.Producer == Name).ToList();
        Assert.Equal(Enumerable.Range(1, (int)Count).Select(n => (ulong)n), own.Select(e => e.Leaf.Sequence));
        Assert.Equal(Count, (ulong)Receipts.Count);
        for (var at = 0; at < Receipts.Count; at++)
        {
            var (envelope, receipt) = Receipts[at];
            Assert.Equal(ledger.Entries[(int)receipt.Index].LeafBytes, receipt.Leaf.ToByteArray());
            var identity = new RecordIdentity { Producer = Name, Epoch = _producer.Epoch, RecordClass = RecordClass.P0, Sequence = (ulong)at + 1 };
            Assert.Equal(ReceiptFinding.Valid, ReceiptCheck.Verify(receipt, envelope, identity));
        }
    }

    public void Dispose() => _producer.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task TakeAnswerAsync()
    {
        var answer = await _producer.ReadAsync(Cancellation);
        Assert.True(answer.Receipt is not null, $"{name}: {answer}");
        Receipts.Add((_unanswered.Dequeue(), answer.Receipt));
    }
}
