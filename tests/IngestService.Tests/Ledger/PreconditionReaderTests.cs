using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Recovery;
using Google.Protobuf;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Ledger;

public sealed class PreconditionReaderTests
{
    private static readonly Record Fact = new()
    {
        Identity = new RecordIdentity { Producer = "clerk", Epoch = 1, RecordClass = RecordClass.P0, Sequence = 7 },
        Preconditions =
        {
            new StreamPrecondition { Stream = "alert/夜间", ExpectedVersion = 3 },
            new StreamPrecondition { Stream = "case/2", AnyVersion = true },
        },
        AlertAcknowledged = new AlertAcknowledged { AlertId = "alert/夜间" },
    };

    [Fact]
    public void Read_GivesWhatTheWholeParserGives_WhereverTheBytesLie()
    {
        var envelope = UnsignedEnvelope.Seal(Fact).ToArray();

        Assert.Equal(Fact.Preconditions, PreconditionReader.Read(envelope));
        Assert.Equal(Fact.Preconditions, PreconditionReader.Read(new byte[] { 1, 2, 3 }.Concat(envelope).Concat(new byte[9]).ToArray().AsMemory(3, envelope.Length)));
        Assert.Empty(PreconditionReader.Read(UnsignedEnvelope.Seal(new Record { AgentStatus = new AgentStatus() }).ToArray()));
    }

    // Any other exception would pass the caller by, who says which entry it was.
    [Fact]
    public void Read_OfTornBytes_ThrowsTheParsersException()
    {
        var envelope = UnsignedEnvelope.Seal(Fact).ToArray();
        var torn = 0;
        for (var length = 0; length < envelope.Length; length++)
            try
            {
                Assert.Empty(PreconditionReader.Read(envelope.AsMemory(0, length)));
            }
            catch (InvalidProtocolBufferException)
            {
                torn++;
            }
        Assert.True(torn > Fact.CalculateSize(), $"{torn} of {envelope.Length}");
    }
}
