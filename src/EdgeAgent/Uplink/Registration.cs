using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink;

/// Registers the producer's key once per start; the same key again is answered as before. Pins the ledger's origin and key at first
/// sight: another ledger or another key afterwards is an alarm, never a new pin.
internal sealed class Registration(
    CentreChannel centre, ProducerKey key, PinnedLedger pin, StationAlarms alarms, IOptions<AgentOptions> options, ILogger<Registration> log)
{
    private bool _done;

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        if (_done)
            return;
        var agent = options.Value;
        try
        {
            var answer = await new Enrolment.EnrolmentClient(centre.Channel).RegisterAsync(
                new RegisterRequest
                {
                    Producer = agent.Producer,
                    PublicKey = ByteString.CopyFrom(key.Key.Spki),
                    DisplayName = agent.DisplayName,
                    Proof = ByteString.CopyFrom(RegistrationProof.Sign(key.Key, agent.Producer)),
                },
                deadline: centre.Deadline(), cancellationToken: cancellation);
            CheckLedger(answer.Origin, answer.CheckpointVkey);
            alarms.Clear(StationAlarms.NotRegistered);
            log.Registered(agent.Producer, answer.Origin, answer.EntryIndex);
            _done = true;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.PermissionDenied)
        {
            alarms.Raise(StationAlarms.NotRegistered, e.Status.Detail);
            throw;
        }
    }

    /// The service does not know us (any more): register again at the next try.
    public void Forget() => _done = false;

    public void CheckLedger(string origin, string verifierKey)
    {
        if (pin.Current is not { } known)
            pin.Save(new LedgerPin(origin, verifierKey, [], "", []));
        else if (known.Origin != origin || known.VerifierKey != verifierKey)
        {
            var detail = $"registered with {known.Origin}, answered by {origin}" + (known.Origin == origin ? " under another key" : "");
            if (!alarms.Any(StationAlarms.LedgerChanged))
                log.Alarm(StationAlarms.LedgerChanged, detail);
            alarms.Raise(StationAlarms.LedgerChanged, detail);
            throw new TransientFaultException(detail);
        }
        else
            alarms.Clear(StationAlarms.LedgerChanged);
    }
}
