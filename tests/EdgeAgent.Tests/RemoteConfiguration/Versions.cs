using System.Security.Cryptography;
using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using Google.Protobuf;

namespace EdgeEnforcement.EdgeAgent.Tests.RemoteConfiguration;

/// <summary>Versions as a centre registers them, and with the proof an agent keeps.</summary>
internal static class Versions
{
    public const string Producer = "dock-test";

    public static RegisterChanged Act(string json, string producer = Producer)
    {
        var content = Encoding.UTF8.GetBytes(json);
        return new RegisterChanged
        {
            Actor = new Actor { Id = "p1", Name = "周静", Unit = "信息中心" },
            Changes =
            {
                new RegisterChange
                {
                    Id = producer,
                    Reason = "测试",
                    AgentConfiguration = new Contracts.V1.AgentConfiguration
                    {
                        Producer = producer, Label = "夜间巡查", Content = ByteString.CopyFrom(content), Sha256 = ByteString.CopyFrom(SHA256.HashData(content)),
                    },
                },
            },
        };
    }

    public static ConfigurationVersion Register(this FakeLedger ledger, string json, string producer = Producer) =>
        ledger.Prove(ledger.Register(Act(json, producer)));

    public static ConfigurationVersion Prove(this FakeLedger ledger, ulong index)
    {
        var proof = new InclusionProofAnswer { Index = index, TreeSize = ledger.Size, Checkpoint = ByteString.CopyFrom(ledger.Note()) };
        proof.Path.AddRange(ledger.Inclusion((int)index, (int)ledger.Size));
        return new ConfigurationVersion(FakeLedger.Origin, ledger.EntryAt(index).ToByteArray(), proof.ToByteArray());
    }

    public static LedgerPin Pin(this FakeLedger ledger) => new(FakeLedger.Origin, ledger.VerifierKey, [], "", []);
}
