using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Cases.Registers;

/// <summary>What an act decides on.</summary>
/// <param name="Version">Of the registers' stream: the precondition of whatever is appended.</param>
internal sealed record RegisterStand(RegisterBook Book, RegisterDecider Decider, ulong Version)
{
    public StreamPrecondition Unmoved => new() { Stream = RegisterTurn.Stream, ExpectedVersion = Version };
}
