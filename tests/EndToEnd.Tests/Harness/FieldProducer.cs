using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;

namespace EdgeEnforcement.EndToEnd.Tests.Harness;

/// <summary>A producer that speaks for itself: a key, a registration (by gRPC), a line for reports, and envelopes it numbers.</summary>
internal sealed class FieldProducer(string name, GrpcChannel channel, IReportLine? line = null, SigningKey? key = null) : IDisposable
{
    private readonly SigningKey _key = key ?? SigningKey.Create();
    private readonly IReportLine _line = line ?? new GrpcLine(channel);
    private ulong _sequence;

    public string Name { get; } = name;
    public uint Epoch { get; private set; }

    public async Task ConnectAsync(CancellationToken cancellation)
    {
        await new Enrolment.EnrolmentClient(channel).RegisterAsync(
            new RegisterRequest
            {
                Producer = Name,
                PublicKey = ByteString.CopyFrom(_key.Spki.AsSpan()),
                Proof = ByteString.CopyFrom(RegistrationProof.Sign(_key, Name)),
            },
            cancellationToken: cancellation);

        await _line.OpenAsync(Name, cancellation);
        await _line.SendAsync(new ReportRequest { Hello = new Hello { Producer = Name, NewEpoch = Epoch == 0, Epoch = Epoch, Lane = "live" } }, cancellation);
        Epoch = (await ReadAsync(cancellation)).Hello.Epoch;
    }

    /// <summary>The same producer on another connection, under the key and in the epoch it has.</summary>
    public FieldProducer On(GrpcChannel other) => new(Name, other, key: SigningKey.FromPem(_key.ToPem())) { Epoch = Epoch, _sequence = _sequence };

    public byte[] NextAlert(string title)
    {
        var sequence = ++_sequence;
        var record = new Contracts.V1.Record
        {
            Identity = new RecordIdentity { Producer = Name, Epoch = Epoch, RecordClass = RecordClass.P0, Sequence = sequence },
            SourceDevice = Name,
            Sensitivity = Sensitivity.Internal,
        };
        if (sequence == 1)
            record.EpochStart = new EpochStart { Reason = "first start", AgentVersion = "test" };
        else
            record.FieldAlert = new FieldAlert
            {
                EpisodeId = EpisodeId.Derive(Name, "manual", title, DateTimeOffset.FromUnixTimeMilliseconds((long)sequence)),
                Phase = EpisodePhase.Opened,
                Kind = AlertKind.SuspectedViolation,
                Severity = AlertSeverity.Warning,
                Rule = "manual",
                Target = title,
                Title = title,
                ObservedAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()),
            };
        return new EnvelopeSigner(_key).Seal(record);
    }

    public Task SendAsync(byte[] envelope, CancellationToken cancellation) =>
        _line.SendAsync(new ReportRequest { Envelope = ByteString.CopyFrom(envelope), Correlation = _sequence }, cancellation);

    public Task<ReportResponse> ReadAsync(CancellationToken cancellation) => _line.ReadAsync(cancellation);

    public void Dispose()
    {
        _line.Dispose();
        _key.Dispose();
    }
}
