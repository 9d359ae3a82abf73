using CsCheck;
using Disguise.Host.Experiments;
using Xunit;

namespace Disguise.Host.Tests.Experiments;

public sealed class ExperimentFuzzSpecs
{
    private const string Characters = "aez09 .:,-[]{}\"'#&*!|>%@`\n\t\\~?<=\u00e9\u0000\ud83d";

    private static readonly Gen<(int At, int Cut, string Put)[]> Edits = Gen.Select(
        Gen.Int[0, ExperimentFiles.Contract.Length - 1],
        Gen.OneOf<int>(Gen.Const(0), Gen.Int[0, 3], Gen.Int[0, 200]),
        Gen.OneOf<string>(
            Gen.String[Gen.Char[Characters], 0, 4],
            Gen.OneOf<string>(
                "0",
                "-1",
                "999999999999999999",
                "null",
                "server.echo[3]",
                "*a",
                "&a ",
                "<<: ",
                "1%",
                "echo",
                "9223372036854775807",
                "1e9",
                "[[[[",
                "]]",
                "{{",
                "--- ",
                "x-",
                "link-down"
            ),
            Gen.Select(Gen.Int[0, ExperimentFiles.Contract.Length - 80], Gen.Int[1, 79])
                .Select((at, length) => ExperimentFiles.Contract.Substring(at, length))
        ),
        (at, cut, put) => (at, cut, put)
    ).Array[1, 4];

    [Fact]
    public void No_mutation_of_the_contract_s_text_gives_anything_but_a_model_or_one_line()
    {
        var read = 0;
        var refused = 0;
        Edits.Sample(
            edits =>
            {
                try
                {
                    ExperimentReader.ReadText("f.yaml", Mutate(edits));
                    Interlocked.Increment(ref read);
                }
                catch (ExperimentError error)
                {
                    Interlocked.Increment(ref refused);
                    Assert.DoesNotContain('\n', error.Message);
                    Assert.Matches(@"^f\.yaml:[1-9]\d*: ", error.Message);
                }
            },
            iter: 6_000
        );
        Assert.True(read > 100 && refused > 100, $"{read} read, {refused} refused");
    }

    [Fact]
    public void No_option_gives_anything_but_a_model_or_one_line() =>
        Gen.Select(
                Gen.OneOf<string>(
                    "machines.server.count",
                    "inject.0.at",
                    "network",
                    "machines.0.tenants.0",
                    "seed",
                    "architecture",
                    "record.packets",
                    "clients.load.app.target",
                    "expect.0"
                ),
                Gen.String[Gen.Char[Characters], 0, 3],
                Gen.String[Gen.Char[Characters], 1, 12]
            )
            .Sample(
                (path, more, value) =>
                {
                    try
                    {
                        ExperimentReader.ReadText(
                            "f.yaml",
                            ExperimentFiles.Contract,
                            [Override.Set($"{path}{more}={value}")]
                        );
                    }
                    catch (ExperimentError error)
                    {
                        Assert.DoesNotContain('\n', error.Message);
                    }
                },
                iter: 5_000
            );

    private static string Mutate((int At, int Cut, string Put)[] edits)
    {
        var text = ExperimentFiles.Contract;
        foreach (var (at, cut, put) in edits)
        {
            var from = Math.Min(at, text.Length);
            text = text.Remove(from, Math.Min(cut, text.Length - from)).Insert(from, put);
        }

        return text;
    }
}
