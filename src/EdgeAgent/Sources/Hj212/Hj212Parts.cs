using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Storing;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212;

/// What every link works with.
internal sealed record Hj212Parts(
    Hj212Options Options, StationDirectory Stations, Hj212Store Store, Hj212Metrics Metrics, TimeProvider Time, ILogger Log);
