using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>One producer with envelopes signed beforehand; sends them within the window and times each answer.</summary>
internal sealed class ReportClient(string producer, string address) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(address);
    private readonly SigningKey _key = SigningKey.Create();
    private List<ByteString> _envelopes = [];

    public async Task RegisterAsync() => await new Enrolment.EnrolmentClient(_channel).RegisterAsync(new RegisterRequest
    {
        Producer = producer,
        PublicKey = ByteString.CopyFrom(_key.Spki),
        Proof = ByteString.CopyFrom(RegistrationProof.Sign(_key, producer)),
    });

    public void Sign(int count, Func<int, Record> body)
    {
        var signer = new EnvelopeSigner(_key);
        _envelopes = [.. Enumerable.Range(1, count).Select(number =>
        {
            var record = body(number);
            record.Identity = new RecordIdentity { Producer = producer, Epoch = 1, RecordClass = RecordClass.P0, Sequence = (ulong)number };
            return ByteString.CopyFrom(signer.Seal(record));
        })];
    }

    public int EnvelopeBytes => _envelopes[0].Length;

    /// <summary>Milliseconds from send to receipt, one for each envelope.</summary>
    public async Task<double[]> SendAllAsync(int window)
    {
        using var call = new Report.ReportClient(_channel).Stream();
        await call.RequestStream.WriteAsync(new ReportRequest { Hello = new Hello { Producer = producer, NewEpoch = true, Lane = "live" } });
        await call.ResponseStream.MoveNext(CancellationToken.None);

        var sent = new long[_envelopes.Count];
        var milliseconds = new double[_envelopes.Count];
        using var room = new SemaphoreSlim(window);
        var receiving = ReceiveAsync(call.ResponseStream, sent, milliseconds, room);
        for (var i = 0; i < _envelopes.Count; i++)
        {
            // A service that died gives no more room: what the receiving side saw is the answer then.
            if (await Task.WhenAny(room.WaitAsync(), receiving) == receiving)
                break;
            sent[i] = TimeProvider.System.GetTimestamp();
            await call.RequestStream.WriteAsync(new ReportRequest { Envelope = _envelopes[i], Correlation = (ulong)i });
        }

        await receiving;
        await call.RequestStream.CompleteAsync();
        return milliseconds;
    }

    private static async Task ReceiveAsync(IAsyncStreamReader<ReportResponse> responses, long[] sent, double[] milliseconds, SemaphoreSlim room)
    {
        for (var i = 0; i < sent.Length; i++)
        {
            if (!await responses.MoveNext(CancellationToken.None) || responses.Current.Receipt?.Code != ReceiptCode.Appended)
                throw new InvalidOperationException($"answer {i} is no receipt: {responses.Current}");
            milliseconds[i] = TimeProvider.System.GetElapsedTime(sent[i]).TotalMilliseconds;
            room.Release();
        }
    }

    public void Dispose()
    {
        _channel.Dispose();
        _key.Dispose();
    }
}
