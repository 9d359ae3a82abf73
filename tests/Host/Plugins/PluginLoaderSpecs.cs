using Disguise.Host.Composition;
using Disguise.Host.Tests.Runs;

namespace Disguise.Host.Tests.Plugins;

/// <summary>
/// What is wrong with a plug-in is one line that names the experiment's line and what would do,
/// and exit code 2.
/// </summary>
public sealed class PluginLoaderSpecs : IDisposable
{
    private readonly CommandRun command = new();

    public void Dispose() => command.Dispose();

    [Fact]
    public void A_library_with_an_architecture_is_loaded()
    {
        var file = Naming(Written("good.dll", CompiledPlugin.Architecture("Good", "loader-good")));

        var (code, output, errors) = command.Run("list", "architectures", file);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("loader-good", output);
    }

    [Fact]
    public void A_missing_file() => Refuses(
        "no.dll", "there is no such file; allowed: a library, built before");

    [Fact]
    public void A_file_that_is_no_assembly() => Refuses(
        command.Write("text.dll", "not a library"),
        "is no .NET library; allowed: the path of a .dll");

    [Fact]
    public void A_library_without_an_architecture() => Refuses(
        Written("empty.dll", """
            internal sealed class Hidden
            {
            }

            public sealed class Other
            {
            }
            """),
        "no architecture in it; "
            + "allowed: a public class that is an IArchitecture and needs no arguments");

    [Fact]
    public void An_architecture_that_nobody_can_make() => Refuses(
        Written("needy.dll", CompiledPlugin.Architecture(
            "Needy", "loader-needy", "public Needy(int number) { }")),
        "no architecture in it; "
            + "allowed: a public class that is an IArchitecture and needs no arguments");

    [Fact]
    public void Two_architectures_of_one_name() => Refuses(
        Written(
            "two.dll", CompiledPlugin.Architecture("First", "loader-two")
                + CompiledPlugin.Architecture("Second", "loader-two")),
        "architecture loader-two is there already; allowed: a name of its own");

    [Fact]
    public void The_name_of_any_of_ours()
    {
        foreach (var taken in Architectures.All.Select(known => known.Name))
        {
            Refuses(
                Written($"taken-{taken}.dll", CompiledPlugin.Architecture("Taken", taken)),
                $"architecture {taken} is there already; allowed: a name of its own");
        }
    }

    [Fact]
    public void The_name_of_another_plug_in()
    {
        var first = Written("one.dll", CompiledPlugin.Architecture("One", "loader-one"));
        var second = Written("other.dll", CompiledPlugin.Architecture("Other", "loader-one"));
        Assert.Equal(0, command.Run("list", "architectures", Naming(first)).Code);

        Refuses(second, "architecture loader-one is there already; allowed: a name of its own");
    }

    [Fact]
    public void A_name_that_is_none() => Refuses(
        Written("name.dll", CompiledPlugin.Architecture("Odd", "Not A Name")),
        "Odd has a name that is none; allowed: [a-z][a-z0-9-]*");

    [Fact]
    public void A_constructor_that_throws() => Refuses(
        Written("throws.dll", CompiledPlugin.Architecture(
            "Throwing", "loader-throws",
            "public Throwing() => throw new InvalidOperationException(\"no licence\");")),
        "Throwing: no licence");

    [Fact]
    public void Another_version_of_ours() => Refuses(
        CompiledPlugin.WriteForVersion(command.PathOf("old.dll"), "9.9.0.0"),
        "was built for Disguise.LibOS 9.9.0.0; allowed: version 0.1.0.0");

    private void Refuses(string path, string says)
    {
        var file = Naming(path);
        foreach (var verb in new[] { "run", "compare", "check", "explain" })
        {
            var (code, output, errors) = command.Run(verb, file);

            Assert.Equal((2, ""), (code, output));
            Assert.Equal(
                $"{file}:2: plugins: {Path.GetFileName(path)}: {says}\n", errors);
        }
    }

    private string Written(string name, string text) =>
        CompiledPlugin.Write(command.PathOf(name), text);

    private string Naming(string path) => command.Write("plugged.yaml", $"""
        name: plugged
        plugins: [{Path.GetFileName(path)}]
        platform: xeon-e5-2430-x520
        duration: 1ms
        machines:
          - name: server
            tenants:
              - name: echo
                app:
                  kind: udp-echo
        """);
}
