using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>One territory as it is drawn, in the drawing's own units.</summary>
/// <param name="Corridor">Width of the stroke of a line or point: twice the half width its territory names.</param>
/// <param name="Extent">Of its bounding box: what is drawn first.</param>
public sealed record MapPath(SubjectRow Territory, string Path, bool IsArea, double Corridor, double LabelX, double LabelY, double Extent);
