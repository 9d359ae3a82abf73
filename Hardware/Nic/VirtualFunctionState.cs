using Disguise.Hardware.PciExpress;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Nic;

/// <summary>A function at one moment; for inspection and referees.</summary>
/// <param name="Address">Its address in reports: <c>server.nic.vf[7]</c>.</param>
/// <param name="Function">Its routing id.</param>
/// <param name="Mac">Its address, if it has one.</param>
/// <param name="IsLinkUp">Whether it is connected to the port.</param>
/// <param name="Rings">The rings of the queues that were used.</param>
/// <param name="Statistics">What it counted; null if it never counted.</param>
public sealed record VirtualFunctionState(
    string Address,
    FunctionId Function,
    MacAddress? Mac,
    bool IsLinkUp,
    IReadOnlyList<RingState> Rings,
    FunctionStatistics? Statistics);
