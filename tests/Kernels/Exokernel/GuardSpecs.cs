using System.Reflection;
using Disguise.Actors.Faults;
using Disguise.Kernels.Exokernel;

namespace Disguise.Kernels.Tests.Exokernel;

/// <summary>No guard of the Exokernel stands without an attack that it stops.</summary>
public sealed class GuardSpecs
{
    public static TheoryData<string> Guards =>
        [.. Fields.Select(one => ((Guard)one.GetValue(null)!).Name)];

    private static IEnumerable<FieldInfo> Fields => typeof(KernelGuards).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith(
            typeof(KernelGuards).Namespace!, StringComparison.Ordinal) == true)
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public))
        .Where(one => one.FieldType == typeof(Guard))
        .OrderBy(one => one.Name, StringComparer.Ordinal);

    [Fact]
    public void No_two_guards_have_one_name() =>
        Assert.Distinct(Fields.Select(one => ((Guard)one.GetValue(null)!).Name));

    [Theory]
    [MemberData(nameof(Guards))]
    public void Each_guard_is_off_in_the_twin_of_an_attack(string name)
    {
        var guard = Fields.Single(one => ((Guard)one.GetValue(null)!).Name == name);
        var call = $"{guard.DeclaringType!.Name}.{guard.Name}";
        var names = $"using {guard.DeclaringType.Namespace};";

        // Where the guard is named, and the tests that switch it off.
        var twins = Directory
            .EnumerateFiles(TestsFolder(), "*Specs.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Where(text => text.Contains(names, StringComparison.Ordinal))
            .Where(text => text.Contains($"({call})", StringComparison.Ordinal)
                || text.Contains($"guardsOff: {call})", StringComparison.Ordinal)
                || text.Contains($", {call},", StringComparison.Ordinal));

        Assert.True(twins.Any(), $"no attack is tried with {name} off");
    }

    private static string TestsFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "tests");
    }
}
