using EdgeEnforcement.EdgeAgent.Sources.Hj212.Storing;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Links;

/// A message with the frame it was read from.
internal readonly record struct ReceivedMessage(Hj212Message Message, KeptFrame Frame);
