using EdgeEnforcement.IngestService.Projections.Fleet;
using EdgeEnforcement.IngestService.Projections.Registers;

namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>What projections keep in memory beside their files, for who cannot wait for a query.</summary>
internal sealed record ProjectionMemory(ProducerKeys Keys, RegisterBooks Registers, PartyNumberKey NumberKey);
