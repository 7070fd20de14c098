using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Hosting;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Desk.Actions;

/// <summary>Registers versions of agents' configuration.</summary>
public sealed class ConfigurationActs(RegisterActs.RegisterActsClient client, OperatorCall calls, IOptions<ConsoleOptions> options, TimeProvider time)
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.QuerySeconds);

    /// <param name="seenVersion">SubjectRow.version as the operator saw it; 0 for a station without one.</param>
    public Task<ActOutcome> RegisterAsync(AgentConfiguration configuration, string reason, ulong seenVersion) =>
        calls.RunAsync("register configuration", configuration.Producer, async actor =>
        {
            var change = new RegisterChange { Id = configuration.Producer, Reason = reason, AgentConfiguration = configuration };
            var request = new ChangeRegisterRequest { Actor = actor, Changes = { new ChangeToMake { Change = change, ExpectedVersion = seenVersion } } };
            var answer = await client.ChangeAsync(request, new CallOptions(deadline: (time.GetUtcNow() + _patience).UtcDateTime)).ConfigureAwait(false);
            return (change.Id, answer.Versions[0], answer.EntryIndex, answer.LedgerSize);
        });
}
