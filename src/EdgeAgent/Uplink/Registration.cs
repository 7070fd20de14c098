using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink;

/// Registers the producer's key once per start; the same key again is answered as before. Pins the ledger's origin and key at first
/// sight: another ledger or another key afterwards is an alarm, never a new pin (OriginChange).
internal sealed class Registration(
    CentreChannel centre, ProducerKey key, OriginChange origins, StationAlarms alarms, IOptions<AgentOptions> options, ILogger<Registration> log)
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
            await origins.CheckAsync(answer.Origin, answer.CheckpointVkey, cancellation);
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
}
