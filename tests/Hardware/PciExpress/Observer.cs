using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Tests.PciExpress;

/// <summary>Writes down what it is told.</summary>
internal sealed class Observer : IConfigurationObserver
{
    public List<string> Seen { get; } = [];

    public void VirtualFunctionsEnabled(int count) => Seen.Add($"enabled {count}");

    public void VirtualFunctionsDisabled(int count) => Seen.Add($"disabled {count}");

    public void FunctionLevelReset(FunctionId function) => Seen.Add($"reset {function}");

    public void MemoryDecodingChanged() => Seen.Add("decoding");
}
